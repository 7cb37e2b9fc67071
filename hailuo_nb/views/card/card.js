// The live card: one task, with all that is known of it. All facts come from the model; only the
// buttons' looks live here. Text is set as text, never as markup.
import { describe } from "../actions.js";
import { copyText, dotted, foreign, make, say } from "../dom.js";
import { badge, DELAY, drawRail, estimateWords, makeClock, STOPPING, tick } from "../task.js";
import { present } from "../view.js";
import { enhance } from "./player.js";

/**
 * @typedef {import("../task.js").Task & {
 *   finished_at_ms: number | null, estimate?: string | null, late_after_s: number | null,
 *   id?: string, line?: string, prompt: [shown: string, rest: string], options: string[], images: string[], balance?: string | null, told_by?: string | null,
 *   task_id: string | null, isGone?: boolean, explanation: string | null, commands: [command: string, does: string][],
 *   warnings: string[], measures?: [sentence: string, definition: string][], box_px: [width: number, height: number], src: string | null, file?: string,
 * }} State
 * @typedef {ReturnType<typeof skeleton>["parts"]} Parts
 */

/** @param {HTMLElement} element @param {string[]} phrases */
function list(element, phrases) {
  const key = JSON.stringify(phrases);
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.hidden = phrases.length === 0;
  element.replaceChildren(...dotted(phrases));
}

const PHASES = ["Waiting", "Queued", "Generating", "Saving"];
const phaseStep = (/** @type {string} */ words) => make("li", "", {}, make("span", "", {}, words));

/**
 * The clips that lead to this one, a small picture of each.
 * @param {[name: string, picture: string, address: string][]} chain
 */
function chained(chain) {
  const links = chain.flatMap(([name, picture, address]) => {
    const seen = picture ? make("img", "", { src: picture, alt: name, width: 48 }) : foreign(name);
    const link = address ? make("a", "", { href: address, target: "_blank", title: `Play ${name}` }, seen) : seen;
    return [link, "→ "];
  });
  return make("p", "quiet hailuo-chain", { hidden: !chain.length }, ...links, "this clip");
}

/** @param {[string, string, string][]} chain */
function skeleton(chain) {
  const parts = {
    frame: make("div", "frame"),
    strip: make("div", "hailuo-strip", { hidden: true }),
    rail: make("ol", "rail", { "aria-label": "Progress" }, ...PHASES.map(phaseStep)),
    bar: make("div", "hailuo-bar", { hidden: true }),
    label: make("bdi", "", { dir: "auto" }),
    badge: badge(),
    headline: make("strong", "headline", { role: "status", "aria-live": "polite" }),
    ...makeClock({ role: "timer", "aria-live": "off", title: "Since it was sent" }),
    estimate: make("span", "estimate"),
    found: make("p", "quiet"),
    explanation: make("p", "explanation", { dir: "auto" }),
    prompt: make("div", "prompt", { dir: "auto" }),
    measures: make("p", "quiet hailuo-measures", { hidden: true }),
    options: make("p", "quiet"),
    images: make("p", "quiet"),
    money: make("p", "quiet"),
    id: make("code", "", { dir: "ltr" }),
    copy: make("button", "copy", { type: "button", "aria-label": "Copy the task id" }, "Copy"),
    note: make("p", "note", { dir: "auto" }),
    warnings: make("ul", "warnings"),
    stop: make("button", "stop", { type: "button" }, "Stop watching"),
    hint: make("span", "hint"),
    commands: make("p", "quiet"),
  };
  const task = make("p", "quiet", {}, "task ", parts.id, " ", parts.copy);
  const actions = make("div", "actions", {}, parts.stop, parts.hint);
  const picture = make("div", "column picture", {}, parts.frame, parts.strip, parts.rail, parts.bar);
  const text = make(
    "div",
    "column text",
    {},
    make("p", "name", {}, make("strong", "", {}, parts.label), parts.badge),
    make("p", "status", {}, parts.headline, parts.clock, parts.estimate),
    parts.explanation,
    parts.found,
    parts.prompt,
    parts.measures,
    chained(chain),
    make("div", "details", {}, parts.options, parts.images, parts.money, task, parts.warnings),
    parts.note,
    parts.commands,
    actions,
  );
  const root = make("section", "hailuo-live", { "data-lm-suppress-shortcuts": "true" }, picture, text);
  return { root, parts: { ...parts, task, actions, picture } };
}

/** @param {Parts} parts @param {State} state */
function drawPhases({ rail }, { phase }) {
  drawRail(rail, phase);
  for (const step of rail.children) step.ariaCurrent = step.className === "now" ? "step" : null;
}

/** @param {Parts} parts @param {[shown: string, rest: string]} words */
function drawPrompt({ prompt }, [shown, rest]) {
  if (prompt.dataset.drawn === shown + rest) return;
  prompt.dataset.drawn = shown + rest;
  if (rest) prompt.replaceChildren(make("details", "", {}, make("summary", "", {}, `${shown}…`), rest));
  else prompt.replaceChildren(shown);
}

/** @param {HTMLElement} element @param {[sentence: string, definition: string][]} told */
function drawMeasures(element, told) {
  const key = JSON.stringify(told);
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.hidden = told.length === 0;
  element.replaceChildren(
    ...told.flatMap(([words, definition], at) => [
      at ? " · " : "",
      make("span", "", { title: definition }, foreign(words)),
    ]),
  );
}

/** @param {Parts} parts @param {State} state */
function drawActions({ stop, hint, actions }, state) {
  actions.hidden = state.final || Boolean(state.isGone);
  if (stop.dataset.asked === state.state) return;
  delete stop.dataset.asked;
  stop.disabled = !state.stop_hint;
  say(stop, "Stop watching");
  say(hint, state.stop_hint);
}

/** @param {Parts} parts @param {HTMLElement} root @param {State} state */
function draw(parts, root, state) {
  root.dataset.state = state.state;
  describe(root, state, state.prompt.join(""));
  root.setAttribute("aria-label", `Video task ${state.label}`);
  say(parts.label, state.label);
  parts.badge.hidden = !state.simulated;
  say(parts.headline, state.headline);
  say(parts.explanation, state.explanation);
  list(parts.options, state.options);
  list(parts.images, state.images);
  drawMeasures(parts.measures, state.measures ?? []);
  say(parts.money, [state.money, state.balance, state.told_by].filter(Boolean).join(" · "));
  say(parts.id, state.task_id);
  parts.task.hidden = !state.task_id;
  say(parts.note, state.note);
  say(parts.commands, state.final ? state.commands.map(([command, does]) => `${command} ${does}`).join("; ") : "");
  parts.warnings.hidden = state.warnings.length === 0;
  parts.warnings.replaceChildren(...state.warnings.map((words) => make("li", "", { dir: "auto" }, words)));
  parts.picture.style.maxWidth = `${state.box_px[0] + 16}px`;
  parts.frame.style.aspectRatio = `${state.box_px[0]} / ${state.box_px[1]}`;
  drawPhases(parts, state);
  drawPrompt(parts, state.prompt);
  drawActions(parts, state);
}

/** @param {Parts} parts @param {State} state */
function tickCard(parts, state) {
  const isLate = tick(parts, state.submitted_at_ms, state.late_after_s, state.finished_at_ms ?? undefined);
  say(parts.estimate, state.final ? "" : estimateWords(state.estimate, isLate));
}

/** @param {Parts} parts */
async function copyId({ id, copy }) {
  const isCopied = await copyText(id.textContent);
  if (!isCopied) getSelection()?.selectAllChildren(id);
  say(copy, isCopied ? "Copied" : "Selected");
}

/** @param {{ model: any, el: HTMLElement }} view */
function render(view) {
  const board = view.model.get("board");
  const { root, parts } = skeleton(board.chain ?? []);
  const end = new AbortController();
  let leave = () => {};
  /** @type {import("../view.js").Tile & { state: State | null }} */
  const tile = {
    root,
    frame: parts.frame,
    strip: parts.strip,
    buttons: { stop: parts.stop },
    state: null,
    video: null,
    draw(state) {
      draw(parts, root, state);
      tile.state = state;
    },
    tick: () => tile.state && tickCard(parts, tile.state),
    press(_, ask) {
      parts.stop.dataset.asked = tile.state?.state;
      parts.stop.disabled = true;
      say(parts.stop, STOPPING);
      say(parts.hint, DELAY);
      ask();
    },
  };
  say(parts.found, board.found);
  parts.copy.addEventListener("click", () => copyId(parts), { signal: end.signal });
  return present(view, root, [tile], {
    play({ video, state }) {
      if (!video) return;
      leave();
      parts.rail.hidden = true;
      parts.bar.hidden = false;
      parts.bar.replaceChildren(
        make("a", "", { href: video.getAttribute("src"), download: state.file }, "Download MP4"),
      );
      leave = enhance(root, video, parts.bar);
    },
    leave() {
      leave();
      end.abort();
    },
  });
}

export default { render };
