// One clip of the gallery: its markup, and how a row of facts is drawn into it.
// It sends nothing; the gallery hears the clicks by each button's `data-act`, and is handed the rest.
import { COPIES, describe, makeActions } from "../actions.js";
import { change, childrenOf, dotted, focused, foreign, icon, make, say } from "../dom.js";
import { follow } from "../moments.js";
import { makeRating } from "../rating.js";
import * as task from "../task.js";
import {
  badge,
  drawPicture,
  drawRail,
  estimateWords,
  isStopping,
  makeClock,
  makeRail,
  offer,
  STOPPING,
} from "../task.js";

const LONG_CHARS = 64; // about what two lines hold
/** @type {Record<string, [drawn: Parameters<typeof icon>[0], words: string]>} */
const ACTIONS = {
  continue: ["next", "Go on from the last frame"],
  use: ["reuse", "Use these settings"],
  copy: ["copy", "Copy prompt"],
  download: ["down", "Download the clip"],
  rename: ["pencil", "Rename"],
  hide: ["hide", "Hide"],
};
/** @param {string[]} without the actions that are not offered here */
const offered = (without) => Object.entries(ACTIONS).filter(([act]) => !without.includes(act));
const button = (
  /** @type {string} */ act,
  /** @type {string} */ className,
  /** @type {Record<string, string | boolean>} */ attributes,
  /** @type {(Node | string)[]} */ ...children
) => make("button", className, { type: "button", "data-act": act, ...attributes }, ...children);

/**
 * A clip's facts, as Python tells them.
 * @typedef {import("../task.js").Task & {
 *   id: string, file: string, line?: string, rating?: import("../rating.js").Rating, named: boolean, group: string, created_at_ms: number, late_after_s: number | null,
 *   estimate: string | null, day: string, when: string, model: string, options: string[], prompt: string,
 *   explanation: string | null, hidden: boolean, here: boolean, retry: string | null, has_picture: boolean,
 *   measures?: Record<string, string>, src: string | null, size_px: [width: number, height: number], seconds: number, can_continue: boolean,
 * }} Row
 * @typedef {object} Hands what a tile cannot do by itself
 * @property {string[]} without the actions that are not offered here
 * @property {((id: string, change: import("../rating.js").Change) => Promise<import("../rating.js").Rating>) | null} rate
 * @property {(one: Tile) => void} enlarge
 * @property {(id: string) => Promise<string[]>} strip
 * @typedef {ReturnType<typeof makeTile>} Tile its row is there once it is drawn
 * @typedef {Tile["parts"]} Parts
 */

/** The picture, and what can be done with the clip. @param {string[]} without the actions that are not offered here */
function pictureOf(without) {
  const seconds = document.createTextNode("");
  const mark = make("span", "mark", { "aria-hidden": "true" }, icon("play"), seconds);
  const acts = offered(without).map(([act, [drawn, words]]) =>
    button(act, "plain", { "aria-label": words, tabindex: "-1" }, icon(drawn)),
  );
  const square = make("span", "square", { "aria-hidden": "true" });
  const parts = {
    seconds,
    frame: make("div", "frame"),
    play: button("play", "play", {}, mark),
    loading: make("p", "loading", { role: "status", hidden: true }),
    rail: makeRail(),
    actions: make("div", "actions", { role: "toolbar" }, ...acts),
    stop: button("stop", "mark stop", {}, square, "Stop watching"),
  };
  parts.frame.append(parts.play, parts.stop);
  return { ...parts, picture: make("div", "picture", {}, parts.frame, parts.loading, parts.rail, parts.actions) };
}

/** What is said of it. */
function wordsOf() {
  const parts = {
    ...makeClock(),
    pick: make("input", "pick", { type: "checkbox", title: "Compare" }),
    label: foreign(""),
    badge: badge(),
    headline: make("span"),
    estimate: make("span"),
    money: make("span"),
    when: make("span"),
    hidden: make("span", "", { hidden: true }, "hidden"),
    reason: make("div", "reason", { hidden: true }),
    measure: make("p", "quiet hailuo-measures", { dir: "auto", hidden: true }),
    note: make("p", "hint", { dir: "auto", hidden: true }),
    hint: make("p", "quiet stop-hint", { hidden: true }),
    retry: button("retry", "small retry", { hidden: true }),
    prompt: make("details", "prompt", {}, make("summary", "", { dir: "auto" }), make("p", "quiet", { dir: "auto" })),
  };
  const { headline, clock, estimate, money, when, hidden } = parts;
  const name = make("div", "name", {}, parts.pick, make("h4", "", {}, parts.label), parts.badge);
  const became = make("p", "quiet became", {}, headline, clock, estimate, money, when, hidden);
  return { ...parts, name, became };
}

/** What the toolbar on the picture has not. @param {HTMLElement} root @param {() => void} enlarge */
function moreOf(root, enlarge) {
  const { "Copy prompt": _, ...copies } = COPIES;
  return makeActions(root.dataset, { ...copies, "Full size": enlarge });
}

/** @param {string} id @param {Hands} hands */
export function makeTile(id, { without, rate, enlarge, strip }) {
  const root = make("li", "tile", { "data-id": id, "data-rated": "here", tabindex: "-1" });
  const rating = makeRating("", rate && ((asked) => rate(id, asked)));
  const parts = { ...pictureOf(without), ...wordsOf(), rating, more: moreOf(root, () => enlarge(one)) };
  root.append(
    parts.picture,
    parts.name,
    parts.became,
    parts.measure,
    rating.root,
    parts.reason,
    parts.note,
    parts.hint,
    parts.retry,
    parts.prompt,
    parts.more,
  );
  const one = {
    id,
    root,
    parts,
    row: /** @type {Row} */ (/** @type {unknown} */ (null)),
    asked: /** @type {{ kind: string, state: string } | null} */ (null),
    video: /** @type {HTMLVideoElement | null} */ (null),
    picture: /** @type {string | undefined} */ (undefined), // as `drawPoster` takes it
    moment: "", // what shows instead of it, "" for nothing
  };
  followStrip(one, strip);
  return one;
}

/**
 * Show the frame of the moment that the pointer or the keys are at. The frames come once they are wanted.
 * @param {Tile} one
 * @param {Hands["strip"]} strip
 */
function followStrip(one, strip) {
  const { frame, play } = one.parts;
  /** @type {string[]} */
  let frames = [];
  let isAsking = false;
  async function ask() {
    if (isAsking || frames.length) return;
    isAsking = true;
    frames = await strip(one.id).catch(() => []); // the poster stays
    isAsking = false;
  }
  for (const type of ["pointerenter", "focus"]) play.addEventListener(type, ask);
  follow(
    play,
    undefined,
    () => frames.length - 1,
    (to) => {
      one.moment = frames[to] ?? "";
      frame.style.setProperty("--moment", `${(100 * (to + 1)) / (frames.length || 1)}%`);
      drawPoster(one, one.picture);
    },
  );
}

// ---- drawing

/** @param {Tile} one @param {Row} row @param {boolean} isPicked */
export function draw(one, row, isPicked) {
  const { parts, root } = one;
  const [before, hadFocus] = [/** @type {Row | null} */ (one.row), root.contains(focused())];
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
  drawRating(one, row);
  drawActions(one, row);
  drawAsks(one, row);
  drawPick(one, isPicked);
  tick(one);
  // Where the button that was pressed goes, the focus stays in the tile.
  const now = focused();
  if (hadFocus && (now === document.body || now.closest("[hidden]"))) root.focus({ preventScroll: true });
}

/** Say what a clip is sorted by. @param {Tile} one @param {string} key a measure's, "" for none */
export function drawMeasure({ parts, row }, key) {
  const words = row.measures?.[key];
  say(parts.measure, key && row.final ? (words ?? "not measured") : "");
}

/** @param {Parts} parts @param {Row} row @param {HTMLVideoElement | null} video */
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

/** @param {Tile} one @param {string | undefined} picture "" where there is none, undefined while it is not known */
export function drawPoster(one, picture) {
  const { frame, play } = one.parts;
  const { row, video, moment } = one;
  one.picture = picture;
  frame.classList.toggle("follows", moment !== "");
  frame.classList.toggle("waits", picture === undefined);
  frame.classList.toggle("bare", picture === "");
  if (video && picture) video.poster = picture;
  drawPicture(frame, moment || picture, row.src ? "" : `Picture of ${row.label}`, play);
}

/**
 * The first sentence says what happened; the rest, what to do, is a click away.
 * @param {Parts} parts
 * @param {Row} row
 */
function drawReason({ reason }, { explanation }) {
  if (reason.dataset.drawn === (explanation ?? "")) return;
  reason.dataset.drawn = explanation ?? "";
  reason.hidden = !explanation;
  const first = (explanation ?? "").match(/^.*?[.!?](?=\s+\S)/s)?.[0];
  if (!first) return reason.replaceChildren(make("p", "", { dir: "auto" }, explanation ?? ""));
  reason.replaceChildren(
    make(
      "details",
      "",
      {},
      make("summary", "", { dir: "auto" }, first),
      make("p", "", { dir: "auto" }, (explanation ?? "").slice(first.length).trim()),
    ),
  );
}

/** @param {Parts} parts @param {Row} row @param {Row | null} before */
function drawPrompt({ prompt }, row, before) {
  const [summary, settings] = childrenOf(prompt);
  say(summary, row.prompt || "no prompt");
  prompt.classList.toggle("short", row.prompt.length < LONG_CHARS && !row.prompt.includes("\n"));
  if (before?.model === row.model && String(before.options) === String(row.options)) return;
  settings.replaceChildren(...dotted([row.model, ...row.options]));
}

/** What is no clip is not rated. @param {Tile} one @param {Row} row */
function drawRating({ root, parts: { rating, more } }, row) {
  describe(root, row, row.prompt);
  change(rating.root, "aria-label", `Your rating of ${row.label}`);
  more.hidden = rating.root.hidden = !row.src;
  if (row.src && row.rating) rating.tell(row.rating);
}

/** @param {Tile} one @param {Row} row */
function drawActions({ parts: { actions } }, { label, hidden, can_continue, src }) {
  change(actions, "aria-label", `Actions for ${label}`);
  const buttons = childrenOf(actions);
  const of = (/** @type {string} */ act) => buttons.find(({ dataset }) => dataset.act === act);
  const [onwards, download, hide] = [of("continue"), of("download"), of("hide")];
  if (onwards) onwards.hidden = !can_continue;
  if (download) download.hidden = !src;
  if (hide) change(hide, "aria-label", hidden ? "Show again" : "Hide");
  const stops = buttons.filter((one) => !one.hidden);
  if (!stops.some((one) => one.tabIndex === 0)) tabTo(buttons, stops[0]);
}

// One tab stop for all actions; the arrow keys go between them.
const tabTo = (/** @type {HTMLElement[]} */ buttons, /** @type {HTMLElement} */ to) => {
  for (const one of buttons) one.tabIndex = one === to ? 0 : -1;
};

/** @param {HTMLElement} actions @param {string} key */
export function arrow(actions, key) {
  const buttons = childrenOf(actions).filter(({ hidden }) => !hidden);
  const [at, last] = [buttons.indexOf(focused()), buttons.length - 1];
  const to = /** @type {Record<string, number>} */ ({
    ArrowRight: at < last ? at + 1 : 0,
    ArrowLeft: at > 0 ? at - 1 : last,
    Home: 0,
    End: last,
  })[key];
  if (to === undefined || at < 0) return false;
  tabTo(childrenOf(actions), buttons[to]);
  buttons[to].focus();
  return true;
}

/** @param {Tile} one @param {boolean} isPicked */
export function drawPick({ parts: { pick }, row }, isPicked) {
  pick.hidden = !row.src && !isPicked;
  pick.checked = isPicked;
  change(pick, "aria-label", `Compare ${row.label}`);
}

// ---- what is asked of Python and rests until the row shows it

/** @param {Tile} one @param {Row} row */
function drawAsks(one, row) {
  const { stop, hint } = one.parts;
  if (isStopping(one, row)) return;
  offer(one, row);
  change(stop, "data-hint", row.stop_hint ?? "");
  change(stop, "aria-description", row.stop_hint ?? "");
  say(hint, row.stop_hint);
  hint.classList.remove("now");
}

/** @param {Tile} one @param {"stop" | "retry"} kind */
export function rest(one, kind) {
  task.rest(one, kind, one.row);
  one.parts.hint.classList.add("now");
}

/**
 * A try is another task, with a tile of its own: this one has done what it can.
 * @param {Tile} one
 */
export function settle({ parts, row }) {
  Object.assign(parts.retry, { textContent: "Tried again", ariaLabel: `Tried again: ${row.label}` });
  say(parts.hint, "");
}

/** @param {Tile} one */
export function wake(one) {
  one.asked = null;
  say(one.parts.headline, one.row.headline);
  drawAsks(one, one.row);
}

// ---- the clock

/** @param {Tile} one */
export function tick({ row, parts }) {
  const isLate = task.tick(parts, row.final ? null : row.submitted_at_ms, row.late_after_s);
  say(parts.estimate, row.final ? "" : estimateWords(row.estimate, isLate));
}
