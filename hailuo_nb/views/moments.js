// A poster that follows the pointer: it shows the frame of the strip at that moment. It knows a clip's
// video and its strip. Once the clip was begun it does nothing, so that it never meets who plays.
import { change, claim, isChord } from "./dom.js";

const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLElement} figure in which the strip is
 * @param {AbortSignal} signal
 */
export function followPointer(video, figure, signal) {
  let [begun, at] = [video.currentTime > 0 || !video.paused, -1];
  /** @type {string | null} */
  let shown = null; // what shows instead of the poster
  let poster = "";
  const strip = () => /** @type {NodeListOf<HTMLImageElement>} */ (figure.querySelectorAll(".hailuo-strip img"));
  const rests = () => !begun && figure.contains(video) && strip().length > 0;

  function leave() {
    for (const frame of strip()) frame.removeAttribute("data-now");
    at = -1;
    if (shown !== null && video.getAttribute("poster") === shown) change(video, "poster", poster);
    shown = null;
  }
  /** @param {number} to */
  function show(to) {
    const frames = [...strip()];
    if (to === at || !frames[to]) return;
    if (shown === null || video.getAttribute("poster") !== shown) poster = video.getAttribute("poster") ?? "";
    at = to;
    shown = frames[to].src;
    change(video, "poster", shown);
    frames.forEach((frame, index) => void frame.toggleAttribute("data-now", index === to));
  }
  /** @param {PointerEvent} event */
  function point({ clientX }) {
    const { left, width } = video.getBoundingClientRect();
    if (rests() && width > 0)
      show(Math.min(Math.max(Math.floor((strip().length * (clientX - left)) / width), 0), strip().length - 1));
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const by = STEPS[event.key];
    if (!by || isChord(event) || event.shiftKey || !rests()) return;
    claim(event);
    show(at < 0 ? (by > 0 ? 0 : strip().length - 1) : at + by);
  }
  /** @type {(types: string, heard: (event: any) => void) => void} */
  const on = (types, heard) => {
    for (const type of types.split(" ")) video.addEventListener(type, heard, { signal });
  };
  on("pointermove pointerdown", point);
  on("pointerleave pointercancel blur", leave);
  on("keydown", key);
  on("play seeking", () => {
    begun = true;
    leave();
  });
  on("emptied", () => {
    begun = false;
  });
  video.tabIndex = 0;
  video.style.touchAction = "pan-y";
  signal.addEventListener("abort", () => {
    leave();
    video.removeAttribute("tabindex");
    video.style.touchAction = "";
  });
}
