// What a card, a grid's cell and a panel's tile show of a task alike: badge, rail, clock, picture,
// and what was asked of it. It knows the facts of one task, not where they stand.
import { change, make, say } from "./dom.js";

export const STOPPING = "Stopping…";
export const DELAY = "A cell that is running may delay this.";
const STEPS = 4;

/**
 * The facts that all three know; times on the clock of the browser.
 * @typedef {object} Task
 * @property {string} state
 * @property {string} label
 * @property {number} seconds its length
 * @property {string} headline
 * @property {boolean} final
 * @property {boolean} simulated
 * @property {number | null} phase how many of the steps are behind it; null where it has none
 * @property {number | null} submitted_at_ms
 * @property {string | null} [money]
 * @property {string | null} [note]
 * @property {string | null} [stop_hint] what to know before watching ends; none: it cannot
 */

export const badge = () =>
  make("strong", "badge", { title: "Made by the built-in simulator, free of charge" }, "SIMULATED");

// ---- the rail

export const makeRail = () =>
  make("div", "rail", { "aria-hidden": "true" }, ...Array.from({ length: STEPS }, () => make("span")));

/** @param {Element} rail @param {number | null} phase */
export function drawRail(rail, phase) {
  [...rail.children].forEach((step, index) => {
    step.className = phase === null ? "" : index < phase ? "past" : index === phase ? "now" : "";
  });
}

// ---- the clock

/** @param {number} elapsed_s */
function clockWords(elapsed_s) {
  const [hours, minutes, seconds] = [elapsed_s / 3600, (elapsed_s / 60) % 60, elapsed_s % 60].map(Math.floor);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/**
 * A clock whose text alone changes, so that a page of hundreds ticks cheaply.
 * @param {Record<string, string>} [attributes]
 */
export function makeClock(attributes = {}) {
  const time = document.createTextNode("");
  return { time, clock: make("span", "clock", { hidden: true, ...attributes }, time) };
}

/**
 * Show the time since it was sent; tell whether that is longer than usual.
 * @param {{ clock: HTMLElement, time: Text }} parts
 * @param {number | null} from_ms none: no time is shown
 * @param {number | null} late_after_s
 * @param {number} [to_ms]
 */
export function tick({ clock, time }, from_ms, late_after_s, to_ms = Date.now()) {
  const isTicking = from_ms !== null;
  const elapsed_s = isTicking ? Math.max(0, (to_ms - from_ms) / 1000) : 0;
  const words = clockWords(elapsed_s);
  if (clock.hidden === isTicking) clock.hidden = !isTicking;
  if (isTicking && time.data !== words) time.data = words;
  return isTicking && late_after_s !== null && elapsed_s > late_after_s;
}

export const LATE = "longer this time";

/**
 * How long it usually takes, and that it takes longer.
 * @param {string | null | undefined} estimate
 * @param {boolean} isLate
 */
export const estimateWords = (estimate, isLate) => [estimate, isLate ? LATE : ""].filter(Boolean).join(", ");

// ---- the pictures

/**
 * The frames of a clip from its start to its end, below its picture.
 * @param {HTMLElement} strip folded where it is a details element
 * @param {string[]} frames none: there is no strip
 * @param {Pick<Task, "label" | "seconds">} of
 */
export function drawStrip(strip, frames, { label, seconds }) {
  if (!frames.length && strip.hidden) return;
  strip.hidden = !frames.length;
  const images = frames.map((src, at) => {
    const second = Number(((at * seconds) / Math.max(1, frames.length - 1)).toPrecision(3));
    return make("img", "", { src, alt: `Clip ${label} at ${second} s` });
  });
  const folded = () => [make("summary", "", {}, "Frames"), make("div", "hailuo-strip", {}, ...images)];
  strip.replaceChildren(...(strip.matches("details") ? folded() : images));
}

/**
 * Put the picture into its box, change its address, or take it out.
 * @param {HTMLElement} frame
 * @param {string | null | undefined} picture
 * @param {string} alt
 * @param {Node | null} [before] what it stands before; else it stands alone
 */
export function drawPicture(frame, picture, alt, before = null) {
  const image = frame.querySelector("img");
  if (!picture) return image?.remove();
  if (image) return change(image, "src", picture);
  const made = make("img", "", { src: picture, alt });
  if (before) frame.insertBefore(made, before);
  else frame.replaceChildren(made);
}

/**
 * Whether what ended before one's eyes may play through once: it is seen, and nothing plays.
 * @param {Element} element
 * @param {boolean} isQuiet
 * @param {{ top: number, bottom: number }} [seen] the part of the window that is looked at
 */
export function mayPreview(element, isQuiet, seen = { top: 0, bottom: innerHeight }) {
  if (!isQuiet || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > Math.max(0, seen.top) && top < Math.min(innerHeight, seen.bottom);
}

// ---- what was asked, and rests until the task shows it

/**
 * @typedef {object} Asker
 * @property {{ kind: string, state: string } | null} asked
 * @property {{ headline: HTMLElement, stop: HTMLButtonElement, retry: HTMLButtonElement, hint: HTMLElement }} parts
 */

/** @param {Asker} one @param {{ state: string }} task */
export const isStopping = ({ asked }, { state }) => asked?.kind === "stop" && asked.state === state;

/**
 * Offer what may be asked again.
 * @param {Asker} one
 * @param {Task & { retry?: string | null }} task
 */
export function offer(one, { label, stop_hint, retry: price }) {
  const { stop, retry } = one.parts;
  one.asked = null;
  for (const button of [stop, retry]) button.ariaDisabled = "false";
  stop.hidden = !stop_hint;
  change(stop, "aria-label", `Stop watching ${label}`);
  say(retry, price ? `Try again (${price})` : "");
  change(retry, "aria-label", `${retry.textContent}: ${label}`);
}

/**
 * Let the button rest that was pressed.
 * @param {Asker} one
 * @param {"stop" | "retry"} kind
 * @param {Task} task
 */
export function rest(one, kind, { state, label }) {
  const { parts } = one;
  one.asked = { kind, state };
  parts[kind].ariaDisabled = "true";
  if (kind === "stop") say(parts.headline, STOPPING);
  else Object.assign(parts.retry, { textContent: "Trying again…", ariaLabel: `Trying again…: ${label}` });
  say(parts.hint, DELAY);
}
