// A row of values of which one is chosen, or several where they are to be compared.
// What cannot be chosen says why. It knows no setting and no model.
import { childrenOf, focused, hit, make, say } from "../dom.js";
import * as facts from "./facts.js";

const HOW = "Choose two or more: each makes a clip of its own.";

/**
 * @typedef {object} Choice what there is, and what is chosen of it
 * @property {string[]} values
 * @property {string[]} chosen
 * @property {(value: string) => string} text
 * @property {(value: string) => string} why it cannot be chosen; empty where it can
 *
 * @typedef {object} Given
 * @property {string} name
 * @property {string} label
 * @property {boolean} canCompare
 * @property {HTMLElement | null} [single] stands in place of the row while one value is chosen
 * @property {string} [help]
 * @property {(values: string[], how: { isLone: boolean }) => void} pick is told what the person wants
 * @property {AbortSignal} signal
 */

/** @param {string} id @param {Given} given */
function skeleton(id, { name, label, single, help }) {
  const several = ` several: ${label.toLowerCase()}`;
  const titled = { id: `${id}-name`, for: single ? `${id}-one` : null, title: help || null };
  const parts = {
    group: make("div", "values", { role: "group", "aria-labelledby": `${id}-name` }),
    compare: make(
      "button",
      "small plain compare",
      { type: "button", "aria-pressed": "false", title: `Compare${several}` },
      "Compare",
      make("span", "spoken", {}, several),
    ),
    how: make("p", "quiet", { hidden: true }),
    why: make("p", "quiet why", { id: `${id}-why`, dir: "auto", hidden: true }),
    problem: make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true }),
  };
  const root = make(
    "div",
    "row",
    { "data-option": name },
    make(single ? "label" : "span", "legend", titled, label),
    make("div", "choice", {}, single ?? null, parts.group, parts.compare),
    make("div", "said", {}, parts.how, parts.why, parts.problem),
  );
  return { ...parts, root };
}

export class Chips {
  #id;
  #given;
  #parts;
  #isComparing = false;
  /** @type {Choice} */
  #now = { values: [], chosen: [], text: String, why: () => "" };

  /** @param {Given} given */
  constructor(given) {
    const { name, canCompare, single, signal } = given;
    this.#id = facts.uid(name);
    this.#given = given;
    this.#parts = skeleton(this.#id, given);
    this.root = this.#parts.root;
    if (single) single.id = `${this.#id}-one`;
    (single ?? this.#parts.group).setAttribute("aria-describedby", `${this.#id}-why ${this.#id}-problem`);
    const press = (/** @type {MouseEvent} */ event) => {
      const one = hit(event, ".chip");
      if (one) this.#press(one.dataset.value ?? "", canCompare && (event.shiftKey || event.ctrlKey || event.metaKey));
    };
    this.#parts.group.addEventListener("click", press, { signal });
    this.#parts.compare.addEventListener("click", () => this.#toggle(), { signal });
  }

  get #isMany() {
    return this.#isComparing || this.#now.chosen.length > 1;
  }

  /** @param {string} value @param {boolean} isAdding */
  #press(value, isAdding) {
    const { values, chosen, why } = this.#now;
    const isOn = chosen.includes(value);
    if (why(value) && !isOn) return;
    if (isAdding) this.#isComparing = true;
    const isMany = this.#isMany;
    const wanted = isMany ? (isOn ? chosen.filter((one) => one !== value) : [...chosen, value]) : [value];
    const inOrder = values.filter((one) => wanted.includes(one));
    if (wanted.length) this.#given.pick(inOrder, { isLone: !isMany });
    this.draw(this.#now);
  }

  #toggle() {
    const { chosen } = this.#now;
    this.#isComparing = !this.#isMany;
    if (!this.#isComparing && chosen.length > 1) this.#given.pick(chosen.slice(0, 1), { isLone: true });
    this.draw(this.#now);
  }

  /** @param {string[]} values */
  #makeChips(values) {
    const { group } = this.#parts;
    if (JSON.stringify(childrenOf(group).map((one) => one.dataset.value)) === JSON.stringify(values)) return;
    const had = group.contains(focused()) ? focused().dataset.value : undefined;
    group.replaceChildren(...values.map((value) => make("button", "chip", { type: "button", "data-value": value })));
    const chip = childrenOf(group).find((one) => one.dataset.value === had) ?? childrenOf(group)[0];
    if (had !== undefined) chip?.focus();
  }

  /** Why it cannot be chosen. @param {HTMLElement} chip */
  #drawChip(chip) {
    const { value = "" } = chip.dataset;
    const why = this.#now.why(value);
    const isOn = this.#now.chosen.includes(value);
    say(chip, this.#now.text(value));
    chip.setAttribute("aria-pressed", String(isOn));
    chip.ariaDisabled = why && !isOn ? "true" : null;
    chip.title = why;
    if (why) chip.setAttribute("aria-describedby", `${this.#id}-why`);
    else chip.removeAttribute("aria-describedby");
    return why;
  }

  /** @param {Choice} next what there is now */
  draw(next) {
    const { group, compare, how, why } = this.#parts;
    const { single, canCompare } = this.#given;
    this.#now = next;
    this.#makeChips(next.values);
    const isOpen = this.#isMany;
    const reasons = childrenOf(group).map((one) => this.#drawChip(one));
    if (single) {
      single.hidden = isOpen;
      group.hidden = !isOpen;
    }
    compare.hidden = !canCompare || (next.values.length < 2 && !isOpen);
    compare.setAttribute("aria-pressed", String(isOpen));
    say(how, isOpen && next.chosen.length < 2 ? HOW : "");
    say(why, [...new Set(reasons.filter(Boolean))].join(" "));
  }

  /** @param {string} words */
  problem(words) {
    say(this.#parts.problem, words);
    (this.#given.single ?? this.#parts.group).toggleAttribute("data-wrong", Boolean(words));
  }
}
