// One clip of the gallery: its markup, and how a row of facts is drawn into it.
// It sends nothing; the gallery hears the clicks by each button's `data-act`.
import { change, dotted, foreign, icon, make, say } from "../dom.js";
import * as task from "../task.js";
import { badge, drawPicture, drawRail, estimateWords, isStopping, makeClock, makeRail, offer, STOPPING } from "../task.js";

const LONG_CHARS = 64; // about what two lines hold
const ACTIONS = {
  continue: ["next", "Go on from the last frame"],
  use: ["reuse", "Use these settings"],
  copy: ["copy", "Copy prompt"],
  rename: ["pencil", "Rename"],
  hide: ["hide", "Hide"],
};
const button = (act, className, attributes, ...children) => make("button", className, { type: "button", "data-act": act, ...attributes }, ...children);

export function makeTile(id) {
  const seconds = document.createTextNode("");
  const parts = {
    seconds,
    ...makeClock(),
    frame: make("div", "frame"),
    play: button("play", "play", {}, make("span", "mark", { "aria-hidden": "true" }, icon("play"), seconds)),
    loading: make("p", "loading", { role: "status", hidden: true }),
    actions: make("div", "actions", { role: "toolbar" },
      ...Object.entries(ACTIONS).map(([act, [drawn, words]]) => button(act, "plain", { "aria-label": words, tabindex: "-1" }, icon(drawn)))),
    rail: makeRail(),
    pick: make("input", "pick", { type: "checkbox", title: "Compare" }),
    label: foreign(""),
    badge: badge(),
    headline: make("span"),
    estimate: make("span"),
    money: make("span"),
    when: make("span"),
    hidden: make("span", "", { hidden: true }, "hidden"),
    reason: make("div", "reason", { hidden: true }),
    note: make("p", "hint", { dir: "auto", hidden: true }),
    stop: button("stop", "mark stop", {}, make("span", "square", { "aria-hidden": "true" }), "Stop watching"),
    retry: button("retry", "small retry", { hidden: true }),
    hint: make("p", "quiet stop-hint", { hidden: true }),
    prompt: make("details", "prompt", {}, make("summary", "", { dir: "auto" }), make("p", "quiet", { dir: "auto" })),
  };
  parts.frame.append(parts.play, parts.stop);
  parts.name = make("div", "name", {}, parts.pick, make("h4", "", {}, parts.label), parts.badge);
  parts.became = make("p", "quiet became", {}, parts.headline, parts.clock, parts.estimate, parts.money, parts.when, parts.hidden);
  const root = make("li", "tile", { "data-id": id, tabindex: "-1" },
    make("div", "picture", {}, parts.frame, parts.loading, parts.rail, parts.actions), parts.name,
    parts.became, parts.reason, parts.note, parts.hint, parts.retry, parts.prompt);
  return { id, root, parts, row: null, asked: null, video: null };
}

// ---- drawing

export function draw(one, row, isPicked) {
  const { parts, root } = one;
  const [before, hadFocus] = [one.row, root.contains(document.activeElement)];
  one.row = row;
  root.dataset.group = row.group;
  root.dataset.state = row.state;
  root.classList.toggle("put-away", row.hidden);
  say(parts.label, row.label);
  parts.badge.hidden = !row.simulated;
  drawFrame(parts, row, one.video);
  parts.rail.hidden = row.final || row.phase === null;
  drawRail(parts.rail, row.phase);
  say(parts.headline, isStopping(one, row) ? STOPPING : row.headline);
  say(parts.money, row.money);
  say(parts.when, row.final ? row.when.replaceAll(" ", "\u00a0") : ""); // its clock says when
  parts.hidden.hidden = !row.hidden;
  say(parts.note, row.note);
  drawReason(parts, row);
  drawPrompt(parts, row, before);
  drawActions(one, row);
  drawAsks(one, row);
  drawPick(one, isPicked);
  tick(one);
  // Where the button that was pressed goes, the focus stays in the tile.
  const focused = document.activeElement;
  if (hadFocus && (focused === document.body || focused.closest("[hidden]"))) root.focus({ preventScroll: true });
}

function drawFrame({ frame, play, seconds }, { size_px: [width, height], src, label, seconds: length }, video) {
  const ratio = `${width} / ${height}`;
  if (frame.style.aspectRatio !== ratio) frame.style.aspectRatio = ratio;
  play.hidden = !src || video !== null;
  change(play, "aria-label", `Play ${label}`);
  seconds.data = `${length} s`;
  if (video) change(video, "aria-label", label);
  const image = frame.querySelector("img");
  if (image) image.alt = src ? "" : `Picture of ${label}`; // the button's name says it already
}

export function drawPoster({ parts: { frame, play }, row, video }, picture) {
  frame.classList.toggle("waits", picture === undefined);
  frame.classList.toggle("bare", picture === "");
  if (video && picture) video.poster = picture;
  drawPicture(frame, picture, row.src ? "" : `Picture of ${row.label}`, play);
}

// The first sentence says what happened; the rest, what to do, is a click away.
function drawReason({ reason }, { explanation }) {
  if (reason.dataset.drawn === (explanation ?? "")) return;
  reason.dataset.drawn = explanation ?? "";
  reason.hidden = !explanation;
  const first = (explanation ?? "").match(/^.*?[.!?](?=\s+\S)/s)?.[0];
  if (!first) return reason.replaceChildren(make("p", "", { dir: "auto" }, explanation ?? ""));
  reason.replaceChildren(make("details", "", {}, make("summary", "", { dir: "auto" }, first),
    make("p", "", { dir: "auto" }, explanation.slice(first.length).trim())));
}

function drawPrompt({ prompt }, row, before) {
  const [summary, settings] = prompt.children;
  say(summary, row.prompt || "no prompt");
  prompt.classList.toggle("short", row.prompt.length < LONG_CHARS && !row.prompt.includes("\n"));
  if (before?.model === row.model && String(before.options) === String(row.options)) return;
  settings.replaceChildren(...dotted([row.model, ...row.options]));
}

function drawActions({ parts: { actions } }, { label, hidden, can_continue }) {
  change(actions, "aria-label", `Actions for ${label}`);
  const buttons = [...actions.children];
  const [onwards, hide] = ["continue", "hide"].map((act) => buttons.find(({ dataset }) => dataset.act === act));
  onwards.hidden = !can_continue;
  change(hide, "aria-label", hidden ? "Show again" : "Hide");
  const stops = buttons.filter((one) => !one.hidden);
  if (!stops.some((one) => one.tabIndex === 0)) stop(buttons, stops[0]);
}

// One tab stop for all actions; the arrow keys go between them.
const stop = (buttons, to) => buttons.forEach((one) => { one.tabIndex = one === to ? 0 : -1; });

export function arrow(actions, key) {
  const buttons = [...actions.children].filter(({ hidden }) => !hidden);
  const [at, last] = [buttons.indexOf(document.activeElement), buttons.length - 1];
  const to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[key];
  if (to === undefined || at < 0) return false;
  stop([...actions.children], buttons[to]);
  buttons[to].focus();
  return true;
}

export function drawPick({ parts: { pick }, row }, isPicked) {
  pick.hidden = !row.src && !isPicked;
  pick.checked = isPicked;
  change(pick, "aria-label", `Compare ${row.label}`);
}

// ---- what is asked of Python and rests until the row shows it

function drawAsks(one, row) {
  const { stop, hint } = one.parts;
  if (isStopping(one, row)) return;
  offer(one, row);
  change(stop, "data-hint", row.stop_hint ?? "");
  change(stop, "aria-description", row.stop_hint ?? "");
  say(hint, row.stop_hint);
  hint.classList.remove("now");
}

export function rest(one, kind) {
  task.rest(one, kind, one.row);
  one.parts.hint.classList.add("now");
}

// A try is another task, with a tile of its own: this one has done what it can.
export function settle({ parts, row }) {
  Object.assign(parts.retry, { textContent: "Tried again", ariaLabel: `Tried again: ${row.label}` });
  say(parts.hint, "");
}

export function wake(one) {
  one.asked = null;
  say(one.parts.headline, one.row.headline);
  drawAsks(one, one.row);
}

// ---- the clock

export function tick({ row, parts }) {
  const isLate = task.tick(parts, row.final ? null : row.submitted_at_ms, row.late_after_s);
  say(parts.estimate, row.final ? "" : estimateWords(row.estimate, isLate));
}
