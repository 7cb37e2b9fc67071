// The live card: draws one task's state, ticks its clock, sends the stop request.
// All facts come in the model's `state`; only the clock and the buttons' looks live here.
// Text is set as text, never as markup.
import { change, copyText, dotted, make, say } from "../dom.js";
import { AWAY, GONE, keeper, lifeline, listener, locator, send, watchKernel } from "../live.js";
import { badge, DELAY, drawPicture, drawRail, estimateWords, makeClock, STOPPING, tick } from "../task.js";
import { enhance } from "./player.js";

/**
 * @typedef {import("../task.js").Task & {
 *   finished_at_ms: number | null, estimate?: string | null, estimate_high_s?: number | null,
 *   prompt: [shown: string, rest: string], options: string[], images: string[], balance?: string | null,
 *   task_id: string | null, explanation: string | null, commands: [command: string, does: string][],
 *   warnings: string[], poster?: string | null, width_px: number, height_px: number, src: string | null, file: string,
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

function skeleton() {
  const parts = {
    frame: make("div", "frame"),
    rail: make("ol", "rail", { "aria-label": "Progress" }, ...PHASES.map(phaseStep)),
    bar: make("div", "hailuo-bar", { hidden: true }),
    label: make("bdi", "", { dir: "auto" }),
    badge: badge(),
    headline: make("strong", "headline", { role: "status", "aria-live": "polite" }),
    ...makeClock({ role: "timer", "aria-live": "off", title: "Since it was sent" }),
    estimate: make("span", "estimate"),
    explanation: make("p", "explanation", { dir: "auto" }),
    prompt: make("div", "prompt", { dir: "auto" }),
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
  const picture = make("div", "column picture", {}, parts.frame, parts.rail, parts.bar);
  const text = make(
    "div",
    "column text",
    {},
    make("p", "name", {}, make("strong", "", {}, parts.label), parts.badge),
    make("p", "status", {}, parts.headline, parts.clock, parts.estimate),
    parts.explanation,
    parts.prompt,
    make("div", "details", {}, parts.options, parts.images, parts.money, task, parts.warnings),
    parts.note,
    parts.commands,
    actions,
  );
  const root = make("section", "hailuo-live", { "data-lm-suppress-shortcuts": "true" }, picture, text);
  return { root, parts: { ...parts, task, actions, picture } };
}

/** @param {Parts} parts @param {State} state */
function drawFrame({ frame, picture }, state) {
  picture.style.maxWidth = `${state.width_px + 16}px`;
  frame.style.aspectRatio = `${state.width_px} / ${state.height_px}`;
  const video = frame.querySelector("video");
  if (state.poster && video) change(video, "poster", state.poster);
  else if (!video && (state.poster || !state.final)) drawPicture(frame, state.poster, "Start frame");
}

/**
 * The clip takes its picture's place, once.
 * @param {Parts} parts
 * @param {State} state
 * @param {string | null} src as the page sees it
 */
function drawClip({ frame, rail, bar }, { label, file, width_px, height_px }, src) {
  if (!src || frame.querySelector("video")) return null;
  const video = make("video", "", {
    src,
    title: `Clip ${label}`,
    poster: frame.querySelector("img")?.src,
    controls: true,
    loop: true,
    playsinline: true,
    preload: "none",
    width: width_px,
    height: height_px,
  });
  video.muted = true;
  frame.replaceChildren(video);
  bar.append(make("a", "", { href: src, download: file }, "Download MP4"));
  rail.hidden = true;
  bar.hidden = false;
  return video;
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

/** @param {Parts} parts @param {State} state */
function drawActions({ stop, hint, actions }, state) {
  actions.hidden = state.final;
  if (stop.dataset.asked === state.state) return;
  delete stop.dataset.asked;
  stop.disabled = !state.stop_hint;
  say(stop, "Stop watching");
  say(hint, state.stop_hint);
}

/** @param {Parts} parts @param {HTMLElement} root @param {State} state */
function draw(parts, root, state) {
  root.dataset.state = state.state;
  root.setAttribute("aria-label", `Video task ${state.label}`);
  say(parts.label, state.label);
  parts.badge.hidden = !state.simulated;
  say(parts.headline, state.headline);
  say(parts.explanation, state.explanation);
  list(parts.options, state.options);
  list(parts.images, state.images);
  say(parts.money, [state.money, state.balance].filter(Boolean).join(" · "));
  say(parts.id, state.task_id);
  parts.task.hidden = !state.task_id;
  say(parts.note, state.note);
  say(parts.commands, state.final ? state.commands.map(([command, does]) => `${command} ${does}`).join("; ") : "");
  parts.warnings.hidden = state.warnings.length === 0;
  parts.warnings.replaceChildren(...state.warnings.map((words) => make("li", "", { dir: "auto" }, words)));
  drawFrame(parts, state);
  drawPhases(parts, state);
  drawPrompt(parts, state.prompt);
  drawActions(parts, state);
}

/** @param {Parts} parts @param {State} state */
function tickCard(parts, state) {
  const isLate = tick(parts, state.submitted_at_ms, state.estimate_high_s ?? null, state.finished_at_ms ?? undefined);
  say(parts.estimate, state.final ? "" : estimateWords(state.estimate, isLate));
}

/** @param {Parts} parts */
async function copyId({ id, copy }) {
  const isCopied = await copyText(id.textContent);
  if (!isCopied) getSelection()?.selectAllChildren(id);
  say(copy, isCopied ? "Copied" : "Selected");
}

/** @param {{ model: any, el: HTMLElement }} view */
function render({ model, el }) {
  const { root, parts } = skeleton();
  const end = new AbortController();
  const [on, seenAs] = [listener(model, end.signal), locator(model)];
  const keep = keeper(model, end.signal, update);
  let [isGone, leave, look] = [false, () => {}, () => {}];
  const state = () => {
    const told = /** @type {State} */ (model.get("state"));
    return { ...told, poster: told.poster ?? keep.has() };
  };
  // Whoever watched has the picture; what opens anew asks for it.
  function drawEnd(/** @type {State} */ told) {
    if (!told.final) return;
    if (!told.poster && !parts.frame.querySelector("img, [poster]")) keep.picture();
    const src = told.src === AWAY ? keep.clip() : seenAs(told.src, update);
    const video = drawClip(parts, told, src);
    if (!video) return look();
    leave = enhance(root, video, parts.bar);
    look = lifeline(video, end.signal, keep.clip);
  }
  function update() {
    const told = state();
    draw(parts, root, told);
    drawEnd(told);
    const isLost = isGone && !told.final;
    if (isLost) say(parts.note, GONE);
    if (isLost) parts.actions.hidden = true;
    root.toggleAttribute("data-gone", isLost);
    tickCard(parts, told);
  }
  const onClick = (/** @type {HTMLElement} */ button, /** @type {() => void} */ clicked) =>
    button.addEventListener("click", clicked, { signal: end.signal });
  onClick(parts.copy, () => copyId(parts));
  onClick(parts.stop, () => {
    parts.stop.dataset.asked = state().state;
    parts.stop.disabled = true;
    say(parts.stop, STOPPING);
    say(parts.hint, DELAY);
    send(model, { kind: "stop" });
  });
  on("change:state", update);
  watchKernel(on, (gone) => {
    isGone = gone;
    update();
  });
  const timer = setInterval(() => isGone || tickCard(parts, state()), 1000);
  update();
  el.append(root);
  return () => {
    leave();
    clearInterval(timer);
    end.abort();
    root.remove();
  };
}

export default { render };
