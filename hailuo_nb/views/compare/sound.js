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
 */
export function solo(select) {
  /** @type {Clip[]} */
  let all = [];
  /** @type {Clip[]} */
  let offered = [];
  /** @type {Clip | undefined} */
  let chosen; // it is heard whenever it is seen

  const place = () => offered.indexOf(/** @type {Clip} */ (chosen));

  function apply() {
    const heard = offered[place()];
    for (const clip of all) if (clip !== heard) clip.video.muted = true;
    if (heard) heard.video.muted = false;
    select.value = String(place());
  }

  /** @param {Clip | undefined} clip */
  function choose(clip) {
    chosen = clip;
    apply();
  }

  /**
   * Offer those of the clips that are seen and have sound; a clip tells of its own once it is loaded.
   * @param {Clip[]} clips
   * @param {Clip[]} seen
   */
  function offer(clips, seen) {
    for (const clip of clips) clip.sounds ||= hasSound(clip.video);
    const found = seen.filter(({ sounds, broken }) => sounds && !broken);
    const isNew = !areSame(found, offered) || !areSame(clips, all);
    [all, offered] = [clips, found];
    select.hidden = !offered.length;
    if (!isNew) return;
    const labels = offered.map(({ label }, value) => make("option", "", { value }, `♪ ${label}`));
    select.replaceChildren(make("option", "", { value: OFF }, "Sound off"), ...labels);
    apply();
  }

  return {
    offer,
    next: () => choose(offered[Number(select.value) + 1]),
    pick: () => choose(offered[Number(select.value)]),
    /** What is unmuted by a clip's own controls is the one that is heard. @param {Clip} clip */
    changed(clip) {
      if (clip.video.muted || clip === offered[place()]) return;
      chosen = clip;
      for (const other of all) if (other !== clip) other.video.muted = true;
      select.value = String(place());
    },
  };
}
