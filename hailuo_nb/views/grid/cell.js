// One cell of the live grid: its markup, and how a state is drawn into it.
// It sends nothing but what is pressed in it.
import { foreign, make, say } from "../dom.js";
import { drawRail, isStopping, LATE, makeClock, makeRail, offer, rest, STOPPING, tick } from "../task.js";

/**
 * @typedef {import("../task.js").Task & {
 *   id?: string, file?: string, line?: string, explanation: [shown: string, rest: string], src: string | null, retry: string | null,
 *   late_after_s: number | null, measures?: Record<string, [text: string, number: number | null]>,
 * }} State
 * @typedef {ReturnType<typeof makeCell>} Cell
 */

/** @param {[width: number, height: number]} size of the box, in any unit */
export function makeCell([width, height]) {
  const parts = {
    ...makeClock(),
    frame: make("div", "frame", { style: `aspect-ratio:${width}/${height}` }),
    strip: make("details", "hailuo-frames", { hidden: true }),
    rail: makeRail(),
    label: foreign(""),
    headline: make("span"),
    late: make("span", "", { hidden: true }, LATE),
    money: make("span"),
    explanation: make("div", "reason", { dir: "auto" }),
    note: make("p", "note", { dir: "auto" }),
    retry: make("button", "retry", { type: "button" }),
    hint: make("p", "quiet", { hidden: true }),
    stop: make("button", "stop", { type: "button" }, make("span", "", { "aria-hidden": "true" })),
  };
  const caption = make(
    "figcaption",
    "",
    {},
    make("p", "name", {}, make("strong", "", {}, parts.label)),
    make("p", "quiet became", {}, parts.headline, parts.clock, parts.late, parts.money),
    parts.explanation,
    parts.note,
    parts.retry,
    parts.hint,
  );
  const figure = make(
    "figure",
    "hailuo-clip",
    { tabindex: -1 },
    make("div", "picture", {}, parts.frame, parts.stop, parts.rail),
    parts.strip,
    caption,
  );
  const cell = {
    root: figure,
    frame: parts.frame,
    strip: parts.strip,
    parts,
    buttons: { stop: parts.stop, retry: parts.retry },
    /** @type {State | null} */ state: null,
    /** @type {{ kind: string, state: string } | null} */ asked: null,
    /** @type {HTMLVideoElement | null} */ video: null,
    /** @param {State} state */
    draw: (state) => drawCell(cell, state),
    tick: () => tickCell(cell),
    /** @param {"stop" | "retry"} kind @param {() => void} ask */
    press(kind, ask) {
      if (cell.asked || !cell.state) return;
      rest(cell, kind, cell.state);
      ask();
    },
  };
  return cell;
}

/** @param {Cell} cell @param {State} state */
function drawCell(cell, state) {
  const { root: figure, parts } = cell;
  figure.className = `hailuo-clip hailuo-${state.state}`;
  figure.dataset.label = state.label;
  figure.dataset.seconds = String(state.seconds);
  say(parts.label, state.label);
  say(parts.headline, isStopping(cell, state) ? STOPPING : state.headline);
  say(parts.money, state.money);
  drawReason(parts.explanation, state.explanation);
  say(parts.note, state.note);
  parts.rail.hidden = state.final;
  drawRail(parts.rail, state.phase);
  drawButtons(cell, state);
  cell.state = state;
}

/**
 * A long reason is folded; what was unfolded stays so as long as it says the same.
 * @param {HTMLElement} reason
 * @param {[shown: string, rest: string]} words
 */
function drawReason(reason, [shown, more]) {
  if (reason.textContent !== shown + more) {
    reason.replaceChildren(
      more ? make("details", "", {}, make("summary", "", {}, shown), make("span", "", {}, more)) : shown,
    );
  }
  reason.hidden = !shown;
}

/**
 * A button that was pressed rests until what it asked for shows: a stop in the state, a retry in anything.
 * @param {Cell} cell
 * @param {State} state
 */
function drawButtons(cell, state) {
  if (isStopping(cell, state)) return;
  const hadFocus = cell.root.contains(document.activeElement);
  offer(cell, state);
  cell.parts.hint.hidden = true;
  cell.parts.stop.title = `Stop watching. ${state.stop_hint}`;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  if (hadFocus && (focused === document.body || focused.hidden)) cell.root.focus({ preventScroll: true });
}

/** @param {Cell} cell */
function tickCell({ state, parts }) {
  const isLate = tick(parts, state && !state.final ? state.submitted_at_ms : null, state?.late_after_s ?? null);
  if (parts.late.hidden === isLate) parts.late.hidden = !isLate;
}
