// A poster that follows the pointer: it shows the frame of the strip at that moment. It knows a clip's
// picture and its strip. Once the clip was begun it does nothing, so that it never meets who plays.
import { claim, hears, isChord } from "./dom.js";

const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });

/**
 * Tell which moment the pointer or the arrow keys are at, counted in frames, and -1 as they leave.
 * @param {HTMLElement} place over which the pointer moves
 * @param {AbortSignal | undefined} signal
 * @param {() => number} last frame; -1 where there is nothing to show
 * @param {(to: number) => void} show
 */
export function follow(place, signal, last, show) {
  let at = -1;
  const on = hears(place, signal);
  const go = (/** @type {number} */ to) => {
    at = Math.min(to, last());
    show(at);
  };
  const leave = () => go(-1);
  on("pointermove pointerdown", ({ clientX }) => {
    const { left, width } = place.getBoundingClientRect();
    go(Math.floor(((last() + 1) * (clientX - left)) / width));
  });
  on("pointerleave pointercancel blur", leave);
  on("keydown", (event) => {
    const by = STEPS[event.key];
    if (!by || isChord(event) || event.shiftKey || last() < 0) return;
    claim(event);
    go(at < 0 && by < 0 ? last() : Math.max(at + by, 0));
  });
  return leave;
}

/**
 * @param {HTMLElement} video which has the poster as an attribute
 * @param {HTMLElement} figure in which the strip is
 * @param {AbortSignal} signal
 * @param {boolean} [begun] whether the clip is
 */
export function followPointer(video, figure, signal, begun) {
  let poster = "";
  let shown = ""; // instead of the poster, "" for nothing
  const on = hears(video, signal);
  const strip = () => /** @type {HTMLImageElement[]} */ ([...figure.querySelectorAll(".hailuo-strip img")]);
  const last = () => (begun || !figure.contains(video) ? -1 : strip().length - 1);
  const leave = follow(video, signal, last, (to) => {
    const [frames, now] = [strip(), video.getAttribute("poster") ?? ""];
    if (now !== shown) poster = now;
    shown = frames[to]?.src ?? "";
    if ((shown || poster) !== now) video.setAttribute("poster", shown || poster);
    frames.forEach((frame, index) => void frame.toggleAttribute("data-now", index === to));
  });
  on("play seeking emptied", ({ type }) => {
    begun = type !== "emptied";
    leave();
  });
  video.tabIndex = 0;
  signal.addEventListener("abort", () => {
    leave();
    video.removeAttribute("tabindex");
  });
}
