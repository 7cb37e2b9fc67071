// What is looked for among the clips: words, state, model, day, and what was put away.
// It knows the choices, not the clips; `asked(filter)` hears of every new wish.
import { make, say } from "../dom.js";

const TYPED_MS = 250;
const GAP = "\u202f"; // a thin blank that does not break, between thousands
const number = (/** @type {number} */ value) => String(value).replace(/\B(?=(\d{3})+$)/g, GAP);
const capital = (/** @type {string} */ words) => words[0].toUpperCase() + words.slice(1);
const day = (/** @type {string} */ iso) =>
  new Date(`${iso}T00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/**
 * @typedef {import("./news.js").Filter} Filter
 * @typedef {import("./news.js").Numbers} Numbers
 */

/**
 * Options change in place, so that an open list stays open; what is chosen always stays.
 * @param {HTMLSelectElement} select
 * @param {string} all
 * @param {[value: string, count: number | undefined][]} choices
 * @param {(value: string) => string} words
 */
function fill(select, all, choices, words) {
  const chosen = select.value;
  const listed = choices.map(([value, count]) => [
    value,
    count === undefined ? words(value) : `${words(value)} (${number(count)})`,
  ]);
  if (chosen && !choices.some(([value]) => value === chosen)) listed.push([chosen, words(chosen)]);
  const wanted = [["", all], ...listed];
  while (select.length > wanted.length) select.remove(select.length - 1);
  wanted.forEach(([value, text], index) => {
    const option = select.options[index] ?? select.appendChild(make("option"));
    if (option.getAttribute("value") !== value) option.value = value;
    if (option.textContent !== text) option.textContent = text;
  });
  if (select.value !== chosen) select.value = chosen;
}

/**
 * Newest first, or by a measure in either direction.
 * @param {HTMLSelectElement} select
 * @param {[key: string, title: string][]} orders
 */
function fillOrders(select, orders) {
  const key = JSON.stringify(orders);
  if (select.dataset.drawn === key) return;
  const chosen = select.value;
  const ways = /** @type {const} */ ([
    ["falling", "highest first"],
    ["rising", "lowest first"],
  ]);
  const options = ways.flatMap(([way, words]) =>
    orders.map(([name, title]) => make("option", "", { value: `${name}:${way}` }, `${title}: ${words}`)),
  );
  select.dataset.drawn = key;
  select.replaceChildren(make("option", "", { value: "" }, "Newest first"), ...options);
  select.value = chosen;
  if (select.selectedIndex < 0) select.value = "";
}

function skeleton() {
  const parts = {
    text: make("input", "", {
      type: "search",
      "aria-label": "Search prompts and names",
      placeholder: "Search prompts and names",
      "aria-keyshortcuts": "/",
      title: "/ comes here",
      autocomplete: "off",
      spellcheck: "false",
    }),
    group: make("select", "", { "aria-label": "State" }),
    model: make("select", "", { "aria-label": "Model" }),
    date: make("select", "", { "aria-label": "Day" }),
    hidden: make("input", "", { type: "checkbox" }),
    count: make("p", "count quiet"),
    sort: make("select", "sort hailuo-measures", { "aria-label": "Order" }),
    clear: make("button", "plain small", { type: "button", hidden: true }, "Clear"),
  };
  const root = make(
    "div",
    "filter",
    { role: "search", "aria-label": "Clips" },
    parts.text,
    parts.group,
    parts.model,
    parts.date,
    make("label", "put-away", { title: "Show the clips that are hidden" }, parts.hidden, "Hidden"),
    make("p", "found", {}, parts.count, parts.clear, parts.sort),
  );
  return { ...parts, root };
}

export class Filterbar {
  #parts = skeleton();
  #states;
  #asked;
  #timer = 0;
  #told = "{}";

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {(filter: Filter) => Promise<void>} asked
   */
  constructor(wire, asked) {
    const { text, group, model, date, hidden, sort, clear } = this.#parts;
    const { signal } = wire;
    this.root = this.#parts.root;
    this.#states = /** @type {import("./facts.js").Catalogue} */ (wire.get("catalogue")).states;
    this.#asked = asked;
    const typed = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), TYPED_MS);
    };
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") this.#ask();
    };
    text.addEventListener("input", typed, { signal });
    text.addEventListener("keydown", key, { signal });
    for (const one of [group, model, date, hidden, sort]) one.addEventListener("change", () => this.#ask(), { signal });
    clear.addEventListener("click", () => this.find(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** @returns {Filter} */
  get value() {
    const { group, model, date, text, hidden } = this.#parts;
    const wish = { group: group.value, model: model.value, day: date.value, text: text.value.trim() };
    return Object.fromEntries(Object.entries({ ...wish, hidden: hidden.checked }).filter(([, one]) => one));
  }

  get isSet() {
    return Object.keys(this.value).length > 0;
  }

  async #ask() {
    clearTimeout(this.#timer);
    const { value } = this.#parts.sort;
    const wish = { ...this.value, ...(value && { sort: value }) };
    this.#parts.clear.hidden = !this.isSet;
    if (JSON.stringify(wish) === this.#told) return; // such as a blank at the end
    this.#told = JSON.stringify(wish);
    await this.#asked(wish);
  }

  /** Look for these words alone; without any, for all. */
  find(words = "", isHidden = false) {
    const { group, model, date, text, hidden } = this.#parts;
    for (const one of [group, model, date]) one.value = "";
    text.value = words;
    hidden.checked = isHidden;
    text.focus();
    return this.#ask();
  }

  /** @param {Numbers} numbers @param {boolean} isUsed some clip was made, be it hidden by now */
  draw(numbers, isUsed) {
    const { group, model, date, count, sort, clear } = this.#parts;
    const { all, facets, orders } = numbers;
    fillOrders(sort, orders ?? []);
    const counts = new Map(facets.group ?? []);
    const spoken = (/** @type {string} */ name) => this.#states.find(([one]) => one === name)?.[1] ?? name;
    fill(
      group,
      "All states",
      this.#states.map(([name]) => [name, counts.get(name)]),
      (name) => capital(spoken(name)),
    );
    fill(model, "All models", facets.model ?? [], (name) => name);
    fill(date, "All days", facets.day ?? [], day);
    say(count, all || this.isSet ? this.#found(numbers) : "");
    clear.hidden = !this.isSet;
    this.root.hidden = !all && !isUsed && !facets.hidden && !this.isSet;
  }

  /** @param {Numbers} numbers */
  #found({ total, all }) {
    if (this.#parts.hidden.checked) return `${number(total)} hidden`;
    if (this.isSet) return `${number(total)} of ${number(all)}`;
    return all === 1 ? "1 clip" : `${number(all)} clips`;
  }

  focus() {
    this.#parts.text.focus();
    this.#parts.text.select();
  }

  get words() {
    return this.#parts.count.textContent;
  }
}
