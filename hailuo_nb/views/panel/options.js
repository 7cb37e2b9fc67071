// The model and every option of the catalogue, as rows, fields and boxes; and the settings
// they write. No model and no option is named here but `model` and the variable's `name`.
import { make, say } from "../dom.js";
import { Chips } from "./chips.js";
import * as facts from "./facts.js";
import { Keeper } from "./keeper.js";

/**
 * @typedef {import("./wire.js").Wire} Wire
 * @typedef {object} Row one option of the form
 * @property {HTMLElement} root
 * @property {(settings: facts.Settings) => void} draw
 * @property {(words: string) => void} problem
 * @typedef {object} Form what a row writes into
 * @property {Keeper} keep
 * @property {AbortSignal} signal
 * @property {facts.Catalogue} catalogue
 */

/** @type {facts.Option} */
const NAME = {
  name: "name",
  label: "Name",
  kind: "text",
  place: "main",
  help: "what the clip is called, and the notebook's variable for it",
};
const BAD_NAME = "Use letters, digits and _ only, with no digit first.";
const isName = (/** @type {string} */ words) => words === "" || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(words);
/** @param {string} words @param {facts.Catalogue} catalogue */
const nameTrouble = (words, { keywords = [] }) =>
  keywords.includes(words) ? `${words} is a word of Python's own: use another.` : isName(words) ? "" : BAD_NAME;

/** What stands at a field: what it is, and what is wrong. @param {string} id @param {string} help */
function saidOf(id, help) {
  const problem = make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true });
  return { problem, said: make("div", "said", {}, make("p", "quiet", { id: `${id}-help` }, help), problem) };
}

/** @param {facts.Option} option @param {Form} form @returns {Row} */
function textField(option, { keep, signal, catalogue }) {
  const id = facts.uid(option.name);
  const described = `${id}-help ${id}-problem`;
  const attributes = { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": described };
  const input = make("input", "", attributes);
  const { problem, said } = saidOf(id, option.help);
  const label = make("label", "legend", { for: id }, option.label);
  const root = make("div", "row", { "data-option": option.name }, label, input, said);
  let told = "";
  const judge = () => {
    const words = told || (option === NAME ? nameTrouble(input.value.trim(), catalogue) : "");
    say(problem, words);
    input.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const typed = () => {
    keep.type({ [option.name]: input.value.trim() });
    judge();
  };
  input.addEventListener("input", typed, { signal });
  return {
    root,
    draw(settings) {
      const value = String(settings[option.name] ?? "");
      if (value !== input.value.trim()) input.value = value;
      judge();
    },
    problem: (words) => {
      told = words;
      judge();
    },
  };
}

/** @param {facts.Option} option @param {Form} form @returns {Row} */
function flagBox(option, { keep, signal }) {
  const id = facts.uid(option.name);
  const box = make("input", "", { id, type: "checkbox", "aria-describedby": `${id}-help ${id}-problem` });
  const { problem, said } = saidOf(id, option.help);
  const label = make("label", "legend", { for: id }, option.label);
  box.addEventListener("change", () => keep.put({ [option.name]: box.checked }), { signal });
  return {
    root: make("div", "row flag", { "data-option": option.name }, box, label, said),
    draw: (settings) => {
      box.checked = Boolean(settings[option.name]);
    },
    problem: (words) => say(problem, words),
  };
}

/** @param {facts.Option} option @param {Form} form @returns {Row} */
function valueRow(option, { keep, signal, catalogue }) {
  const models = () => facts.effective(catalogue, keep.current);
  const row = new Chips({
    name: option.name,
    label: option.label,
    help: option.help,
    canCompare: option.several === "commas",
    signal,
    pick(values, { isLone }) {
      const isStandard = isLone && values[0] === facts.standard(models(), option.name);
      const isForeign = facts.values(models(), option.name).length === 0;
      keep.put({ [option.name]: isStandard || isForeign ? undefined : values.join(",") });
    },
  });
  return {
    root: row.root,
    problem: (words) => row.problem(words),
    draw(settings) {
      const has = facts.values(models(), option.name);
      const given = facts.list(settings[option.name]);
      row.root.hidden = has.length === 0 && given.length === 0;
      row.draw({
        values: [...new Set([...has, ...given])],
        chosen: facts.chosen(models(), option.name, settings),
        text: (value) => facts.spoken(option, value),
        why: (value) => facts.refusal(models(), option, value, settings),
      });
    },
  };
}

class ModelRow {
  #keep;
  #catalogue;
  #row;
  #select = make("select");
  #lost = make("p", "quiet", { role: "status", hidden: true });
  #lostFrom = ""; // the settings that lack it: once they change it is old news

  /** @param {Form} form */
  constructor({ keep, signal, catalogue }) {
    this.#keep = keep;
    this.#catalogue = catalogue;
    this.#row = new Chips({
      name: "model",
      label: "Model",
      canCompare: true,
      single: this.#select,
      signal,
      pick: (values) => this.#choose(values.join(",")),
    });
    this.root = this.#row.root;
    this.root.append(this.#lost);
    const words = (/** @type {facts.Model} */ model) => facts.modelWords(catalogue, model);
    this.#select.append(
      make("option", "", { value: "" }),
      ...catalogue.models.map((model) => make("option", "", { value: model.short }, words(model))),
    );
    this.#select.addEventListener("change", () => this.#choose(this.#select.value || undefined), { signal });
  }

  /** @param {string | undefined} model */
  #choose(model) {
    const { settings, dropped } = facts.fitting(this.#catalogue, { ...this.#keep.current, model });
    this.#keep.replace(settings);
    this.#lostFrom = facts.key(settings);
    const why = `Left out, as ${model || "the automatic choice"} has no such thing: ${dropped.join(", ")}.`;
    say(this.#lost, dropped.length ? why : "");
  }

  /** What the last choice took away was agreed to. */
  settle() {
    say(this.#lost, "");
  }

  /** @param {string} words */
  problem(words) {
    this.#row.problem(words);
  }

  /** @param {facts.Settings} settings */
  draw(settings) {
    const named = facts.list(settings.model);
    if (facts.key(settings) !== this.#lostFrom) this.settle();
    const automatic = facts.automatic(this.#catalogue, settings).short;
    this.#select.options[0].textContent = `Automatic (${automatic})`;
    this.#select.value = named.length === 1 ? settings.model : "";
    this.#row.draw({
      values: this.#catalogue.models.map(({ short }) => short),
      chosen: named.length ? named : [automatic],
      text: String,
      why: () => "",
    });
  }
}

/** @type {Record<string, (option: facts.Option, form: Form) => Row>} */
const MADE = { choice: valueRow, switch: valueRow, text: textField, flag: flagBox };

export class Options {
  #keep;
  #shown;
  #model;
  /** @type {Map<string, Row>} */
  #rows;
  #count = make("span", "quiet");
  #more;

  /** @param {Wire} wire @param {() => void} touched */
  constructor(wire, touched) {
    /** @type {facts.Catalogue} */
    const catalogue = wire.get("catalogue");
    this.#keep = new Keeper(wire, touched);
    const form = { keep: this.#keep, signal: wire.signal, catalogue };
    const all = [NAME, ...catalogue.options.filter(({ name }) => name !== NAME.name)];
    this.#shown = all.filter(({ kind }) => kind in MADE);
    this.#model = new ModelRow(form);
    this.#rows = new Map([["model", /** @type {Row} */ (this.#model)]]);
    for (const option of this.#shown) this.#rows.set(option.name, MADE[option.kind](option, form));
    const [called, ...main] = this.#at("main");
    this.#more = make(
      "details",
      "rest",
      {},
      make("summary", "", {}, "More options ", this.#count),
      ...this.#at("more"),
    );
    this.root = make("div", "options", {}, called, this.#model.root, ...main, this.#more);
    wire.on("settings", () => this.draw());
    this.draw();
  }

  /** @param {string} place */
  #at(place) {
    const here = this.#shown.filter((option) => option.place === place);
    return here.flatMap(({ name }) => this.#rows.get(name)?.root ?? []);
  }

  get settings() {
    return this.#keep.current;
  }

  get isTyping() {
    return this.#keep.isTyping;
  }

  /** @param {string} name */
  has(name) {
    return this.#rows.has(name);
  }

  settle() {
    this.#model.settle();
  }

  draw() {
    const { settings } = this;
    for (const row of this.#rows.values()) row.draw(settings);
    const set = this.#shown.filter(({ place, name }) => place === "more" && settings[name] !== undefined).length;
    say(this.#count, set ? `${set} set` : "");
  }

  /** The quote's problems, each where it can be put right; one that is folded away opens. @param {Map<string, string>} words */
  problems(words) {
    for (const [name, row] of this.#rows) row.problem(words.get(name) ?? "");
    if (this.#shown.some(({ place, name }) => place === "more" && words.has(name))) this.#more.open = true;
  }
}
