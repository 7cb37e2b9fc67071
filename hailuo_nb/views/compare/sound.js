// Which one of the clips that play together is heard: one at most, and none at first.
// It knows clips and the control that names them; it must not know the clock.
import { make } from "../dom.js";
import { hasSound } from "../playback.js";
import { areSame } from "./stage.js";

const OFF = -1;

/**
 * @typedef {import("./clock.js").Clip} Clip
 */

/**
 * @param {HTMLSelectElement} select offers silence, and each clip that has sound
 * @param {Map<Element, Clip>} clips all there are, seen or not
 */
export function solo(select, clips) {
  /** @type {Clip[]} */
  let offered = [];
  /** @type {Clip | undefined} */
  let chosen; // it is heard whenever it is seen
  const place = () => offered.indexOf(/** @type {Clip} */ (chosen));

  /** @param {Clip | undefined} heard */
  function hear(heard) {
    for (const clip of clips.values()) if (clip !== heard) clip.video.muted = true;
    if (heard) heard.video.muted = false;
    select.value = String(place());
  }

  /** @param {number} at */
  function choose(at) {
    chosen = offered[at];
    hear(chosen);
  }

  /**
   * Offer those that are seen and have sound; a clip tells of its own once it is loaded.
   * @param {Clip[]} seen
   */
  function offer(seen) {
    for (const clip of seen) clip.sounds ||= hasSound(clip.video);
    const found = seen.filter(({ sounds, broken }) => sounds && !broken);
    if (areSame(found, offered)) return;
    offered = found;
    const labels = offered.map(({ label }, value) => make("option", "", { value }, `♪ ${label}`));
    select.replaceChildren(make("option", "", { value: OFF }, "Sound off"), ...labels);
    select.hidden = !offered.length;
    hear(offered[place()]);
  }

  select.hidden = true;
  return {
    offer,
    next: () => choose(Number(select.value) + 1),
    pick: () => choose(Number(select.value)),
    /** What is unmuted by a clip's own controls is the one that is heard. @param {Clip} clip */
    changed(clip) {
      if (clip.video.muted || clip === offered[place()]) return;
      chosen = clip;
      hear(clip);
    },
  };
}
