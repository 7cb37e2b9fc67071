// Two clips over each other: a wipe with its divider, and their difference.
import { claim, isChord, make } from "../dom.js";
import { within } from "../playback.js";

/**
 * @template Item
 * @param {Item[]} one
 * @param {Item[]} other
 */
export const areSame = (one, other) => one.length === other.length && one.every((item, index) => item === other[index]);

/**
 * @typedef {import("./clock.js").Clip} Clip
 * @typedef {(target: EventTarget, type: string, heard: (event: any) => void, end?: AbortController) => void} On
 */

/**
 * The videos themselves move there, and back afterwards.
 * @param {On} on
 */
export function makeStage(on) {
  const tags = [0, 1].map(() => make("span", "tag", { dir: "auto" }));
  const divider = make("div", "divider", { role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 100 });
  const both = make("div", "pair");
  const box = make("div", "stage", { hidden: "" }, both, ...tags, divider);
  /** @type {Clip[]} */
  let shown = [];
  let percent = 50;

  /** @param {number} to */
  function wipe(to) {
    percent = within(Math.round(to), 0, 100);
    box.style.setProperty("--wipe", `${percent}%`);
    divider.setAttribute("aria-valuenow", String(percent));
    divider.setAttribute("aria-valuetext", `${percent}% ${tags[0].textContent}`);
  }
  /** @param {PointerEvent} event */
  function follow({ clientX, pointerId, type, button }) {
    if (type === "pointerdown" && !button && !divider.hidden) box.setPointerCapture(pointerId);
    if (!box.hasPointerCapture(pointerId)) return;
    const { left, width } = box.getBoundingClientRect();
    wipe((100 * (clientX - left)) / width);
  }
  for (const type of ["pointerdown", "pointermove"]) on(box, type, follow);
  on(divider, "keydown", (/** @type {KeyboardEvent} */ event) => {
    const by = /** @type {Record<string, number>} */ ({
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
      Home: -100,
      End: 100,
    })[event.key];
    if (!by || isChord(event)) return;
    claim(event);
    wipe(percent + by * (event.shiftKey ? 10 : 1));
  });

  /** @param {Clip[]} pair @param {boolean} isWipe */
  function show(pair, isWipe) {
    if (areSame(pair, shown) && divider.hidden !== isWipe) return;
    for (const clip of shown) clip.home?.replaceWith(clip.video);
    box.hidden = !pair.length;
    divider.hidden = !isWipe;
    shown = pair;
    for (const [index, clip] of pair.entries()) {
      const { width, height } = clip.video;
      if (!index) box.style.setProperty("--ratio", String((width || 16) / (height || 9)));
      clip.home = make("div", "home", { style: `aspect-ratio:${width || 16}/${height || 9}` });
      clip.video.replaceWith(clip.home);
      both.append(clip.video);
      tags[index].textContent = `${"AB"[index]} ${clip.label}`;
    }
    divider.setAttribute("aria-label", `Divider between ${pair.map(({ label }) => label).join(" and ")}`);
    wipe(percent);
  }
  return { box, divider, show };
}
