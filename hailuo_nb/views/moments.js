// A poster that follows the pointer: it shows the frame of the strip at that moment. It knows a clip's
// video and its strip. Once the clip was begun it does nothing, so that it never meets who plays.
import { claim, hears, isChord } from "./dom.js";
import { within } from "./playback.js";

const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });

/**
 * @param {HTMLElement} video which has the poster as an attribute
 * @param {HTMLElement} figure in which the strip is
 * @param {AbortSignal} signal
 * @param {boolean} [begun] whether the clip is
 */
export function followPointer(video, figure, signal, begun = false) {
  let at = -1;
  let [poster, shown] = ["", ""]; // what shows instead of the poster, "" for nothing
  const on = hears(video, signal);
  const strip = () => /** @type {HTMLImageElement[]} */ ([...figure.querySelectorAll(".hailuo-strip img")]);
  const last = () => (begun || !figure.contains(video) ? -1 : strip().length - 1);

  /** @param {number} to of the frames; -1 leaves */
  function show(to) {
    const [frames, now] = [strip(), video.getAttribute("poster") ?? ""];
    if (now !== shown) poster = now;
    at = to;
    shown = frames[to]?.src ?? "";
    if ((shown || poster) !== now) video.setAttribute("poster", shown || poster);
    frames.forEach((frame, index) => void frame.toggleAttribute("data-now", index === to));
  }
  const go = (/** @type {number} */ to) => last() < 0 || show(within(to, 0, last()));
  on("pointermove pointerdown", ({ clientX }) => {
    const { left, width } = video.getBoundingClientRect();
    if (width) go(Math.floor(((last() + 1) * (clientX - left)) / width));
  });
  on("pointerleave pointercancel blur", () => show(-1));
  on("keydown", (event) => {
    const by = STEPS[event.key];
    if (!by || isChord(event) || event.shiftKey || last() < 0) return;
    claim(event);
    go(at < 0 && by < 0 ? last() : at + by);
  });
  on("play seeking", () => {
    begun = true;
    show(-1);
  });
  on("emptied", () => {
    begun = false;
  });
  video.tabIndex = 0;
  video.style.touchAction = "pan-y";
  signal.addEventListener("abort", () => {
    show(-1);
    video.removeAttribute("tabindex");
    video.style.touchAction = "";
  });
}
