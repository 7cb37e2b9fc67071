// One image field as it looks: its markup, and what is drawn into it. Nothing here is told or asked.
import { focused, icon, make, say } from "../dom.js";
import * as facts from "./facts.js";

/**
 * @typedef {object} Task what is under way
 * @property {AbortController} end
 * @property {string} words
 * @property {number | null} share of it that is done, where that is known
 * @property {string | null} preview
 * @property {boolean} canCancel
 *
 * @typedef {object} Frame what Python says of the field's image
 * @property {string} source as it is typed
 * @property {string} [name] of its file
 * @property {string | null} thumbnail
 * @property {string} words
 * @property {string[]} problems
 * @property {string[]} notes
 */

/** Without a picture the source stands for it. A line ends with the dot. @param {Frame | null} frame */
function frameWords(frame) {
  if (!frame) return "";
  const isNamed = Boolean(frame.thumbnail || frame.name) || frame.words === frame.source;
  return `${isNamed ? "" : `${frame.source}: `}${frame.words.replaceAll(" · ", "\u00a0· ")}`;
}

const small = (/** @type {string} */ words, attributes = {}) =>
  make("button", "small plain", { type: "button", ...attributes }, words);

/** What stands in the field: nothing yet, or an image and what is done with it. @param {string} id @param {string} label */
function image(id, label) {
  const the = `the ${label.toLowerCase()}`;
  const progress = { "aria-label": `Sending ${the}`, "aria-valuemin": 0, "aria-valuemax": 100 };
  return {
    drop: make(
      "button",
      "drop",
      { type: "button", "aria-describedby": `${id}-told` },
      icon("image"),
      make("span", "", {}, "Drop, paste or choose an image"),
    ),
    picture: make("img", "", { alt: `${label}, as it will be sent` }),
    called: make("p", "called", { dir: "auto" }),
    words: make("p", "quiet", { dir: "auto" }),
    bar: make("div", "bar", { role: "progressbar", ...progress }, make("span")),
    replace: small("Replace", { "aria-label": `Replace ${the}` }),
    remove: small("Remove", { "aria-label": `Remove ${the}` }),
    cancel: small("Cancel"),
  };
}

/** What is wrong with it, and the ways to another one. @param {string} id @param {string} label */
function ways(id, label) {
  return {
    trouble: make("p", "problem", { dir: "auto", hidden: true }),
    remedy: make("button", "small", { type: "button", hidden: true }),
    told: make("div", "said", { id: `${id}-told`, "aria-live": "polite" }),
    url: small("URL", { "aria-expanded": "false" }),
    samples: small("Samples"),
    notebook: small("Notebook", { "aria-label": "From the notebook" }),
    address: make("input", "", {
      type: "url",
      "aria-label": `Address of the ${label.toLowerCase()}`,
      placeholder: "https://…",
      spellcheck: "false",
      autocomplete: "off",
    }),
    take: make("button", "small", { type: "button" }, "Use it"),
  };
}

/** @param {string} field @param {string} label @param {{ types: string[] }} limits what the service takes */
function skeleton(field, label, { types }) {
  const id = facts.uid(field);
  const parts = {
    ...image(id, label),
    ...ways(id, label),
    optional: make("span", "quiet", {}, "optional"),
    picker: make("input", "", { type: "file", accept: types.join(","), hidden: true, tabindex: -1 }),
  };
  const acts = make("div", "acts", {}, parts.replace, parts.remove, parts.cancel);
  const about = make("div", "facts", {}, parts.called, parts.words, parts.bar, acts);
  const filled = make("div", "filled", { hidden: true }, parts.picture, about);
  const typed = make("div", "typed", { hidden: true }, parts.address, parts.take);
  const row = make("div", "ways", {}, parts.url, parts.samples, parts.notebook);
  const wrong = make("div", "wrong", { "aria-live": "polite" }, parts.trouble);
  const root = make(
    "div",
    "image-field",
    { role: "group", tabindex: -1, "aria-labelledby": `${id}-name`, "data-field": field },
    make("div", "head", {}, make("span", "legend", { id: `${id}-name` }, label), parts.optional),
    parts.picker,
    parts.drop,
    filled,
    make("div", "said-all", {}, wrong, parts.remedy, parts.told),
    row,
    typed,
  );
  return { ...parts, filled, typed, ways: row, root };
}

export class FieldView {
  /** @type {string[]} */
  problems = []; // those of the quote

  /** @param {string} field @param {string} label @param {{ types: string[] }} limits what the service takes */
  constructor(field, label, limits) {
    this.parts = skeleton(field, label, limits);
  }

  /** The button one is on may go; the focus stays in the field. @param {() => void} change */
  #keepingFocus(change) {
    const { root, cancel, remedy, drop, replace } = this.parts;
    const had = focused();
    const isInside = root.contains(had);
    change();
    if (!isInside || (had !== root && root.contains(focused()) && had.checkVisibility())) return;
    ([cancel, remedy, drop, replace].find((button) => button.checkVisibility()) ?? root).focus();
  }

  /** @param {Task | null} task @param {Frame | null} frame */
  draw(task, frame) {
    const { root, drop, filled, bar, replace, remove, cancel, ways: row, called, words } = this.parts;
    this.#keepingFocus(() => {
      root.dataset.state = task ? "busy" : frame ? "filled" : "empty";
      drop.hidden = Boolean(task || frame);
      filled.hidden = !task && !frame;
      this.#picture(task ? task.preview : frame?.thumbnail);
      say(called, task ? "" : frame?.name);
      say(words, task ? task.words : frameWords(frame));
      bar.hidden = !task;
      for (const button of [replace, remove]) button.hidden = Boolean(task);
      cancel.hidden = !task?.canCancel;
      row.hidden = Boolean(task);
    });
    this.share(task);
    this.tell(task, frame);
  }

  /** @param {string | null | undefined} source */
  #picture(source) {
    const { picture } = this.parts;
    picture.hidden = !source;
    if (!source) picture.removeAttribute("src");
    else if (picture.getAttribute("src") !== source) picture.src = source;
  }

  /** How much of it is done. @param {Task | null} task */
  share(task) {
    const { bar } = this.parts;
    const share = task?.share ?? null;
    const percent = Math.round(100 * (share ?? 0));
    bar.classList.toggle("unknown", task !== null && share === null);
    /** @type {HTMLElement} */ (bar.firstChild).style.width = `${percent}%`;
    if (share !== null) bar.setAttribute("aria-valuenow", String(percent));
    else bar.removeAttribute("aria-valuenow");
  }

  /** What is wrong with the image, and what is to be known of it. @param {Task | null} task @param {Frame | null} frame */
  tell(task, frame) {
    const { told } = this.parts;
    const [own, notes] = task ? [[], []] : [frame?.problems ?? [], frame?.notes ?? []];
    const wrong = [...new Set([...own, ...this.problems])];
    const lines = [...wrong.map((words) => ["problem", words]), ...notes.map((words) => ["hint", words])];
    const key = JSON.stringify(lines);
    if (told.dataset.key === key) return;
    told.dataset.key = key;
    told.replaceChildren(...lines.map(([kind, words]) => make("p", kind, { dir: "auto" }, words)));
  }

  /** @param {string} words @param {string} remedy what the button says that may put it right */
  trouble(words, remedy) {
    this.#keepingFocus(() => {
      say(this.parts.trouble, words);
      say(this.parts.remedy, remedy);
    });
  }
}
