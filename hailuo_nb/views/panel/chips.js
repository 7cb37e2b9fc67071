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
 */

/**
 * @param {object} given
 * @param {string} given.name
 * @param {string} given.label
 * @param {boolean} given.canCompare
 * @param {HTMLElement | null} [given.single] stands in place of the row while one value is chosen
 * @param {string} [given.help]
 * @param {(values: string[], how: { isLone: boolean }) => void} given.pick is told what the person wants
 * @param {AbortSignal} given.signal
 */
export function chips({ name, label, canCompare, single = null, help = "", pick, signal }) {
  const id = facts.uid(name);
  const parts = {
    name: make(
      single ? "label" : "span",
      "legend",
      { id: `${id}-name`, for: single ? `${id}-one` : null, title: help || null },
      label,
    ),
    group: make("div", "values", { role: "group", "aria-labelledby": `${id}-name` }),
    compare: make(
      "button",
      "small plain compare",
      { type: "button", "aria-pressed": "false", title: `Compare several: ${label.toLowerCase()}` },
      "Compare",
      make("span", "spoken", {}, ` several: ${label.toLowerCase()}`),
    ),
    how: make("p", "quiet", { hidden: true }),
    why: make("p", "quiet why", { id: `${id}-why`, dir: "auto", hidden: true }),
    problem: make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true }),
  };
  if (single) single.id = `${id}-one`;
  const described = `${id}-why ${id}-problem`;
  (single ?? parts.group).setAttribute("aria-describedby", described);
  const root = make(
    "div",
    "row",
    { "data-option": name },
    parts.name,
    make("div", "choice", {}, single, parts.group, parts.compare),
    make("div", "said", {}, parts.how, parts.why, parts.problem),
  );
  let isComparing = false;
  /** @type {Choice} */
  let now = { values: [], chosen: [], text: String, why: () => "" };

  const isMany = () => isComparing || now.chosen.length > 1;
  const chip = (/** @type {string} */ value) => childrenOf(parts.group).find((one) => one.dataset.value === value);

  /** @param {string} value @param {boolean} isAdding */
  function press(value, isAdding) {
    const isOn = now.chosen.includes(value);
    if (now.why(value) && !isOn) return;
    if (isAdding) isComparing = true;
    const wanted = isMany() ? (isOn ? now.chosen.filter((one) => one !== value) : [...now.chosen, value]) : [value];
    if (wanted.length)
      pick(
        now.values.filter((one) => wanted.includes(one)),
        { isLone: !isMany() },
      );
    draw(now);
  }

  function toggle() {
    isComparing = !isMany();
    if (!isComparing && now.chosen.length > 1) pick(now.chosen.slice(0, 1), { isLone: true });
    draw(now);
  }

  /** @param {string[]} values */
  function makeChips(values) {
    if (JSON.stringify(childrenOf(parts.group).map((one) => one.dataset.value)) === JSON.stringify(values)) return;
    const had = parts.group.contains(focused()) ? focused().dataset.value : undefined;
    parts.group.replaceChildren(
      ...values.map((value) => make("button", "chip", { type: "button", "data-value": value })),
    );
    if (had !== undefined) (chip(had) ?? childrenOf(parts.group)[0])?.focus();
  }

  /** @param {Choice} next what there is now */
  function draw(next) {
    now = next;
    makeChips(now.values);
    const isOpen = isMany();
    /** @type {string[]} */
    const reasons = [];
    for (const one of childrenOf(parts.group)) {
      const { value = "" } = one.dataset;
      const why = now.why(value);
      const isOn = now.chosen.includes(value);
      if (why) reasons.push(why);
      say(one, now.text(value));
      one.setAttribute("aria-pressed", String(isOn));
      one.ariaDisabled = why && !isOn ? "true" : null;
      one.title = why;
      if (why) one.setAttribute("aria-describedby", `${id}-why`);
      else one.removeAttribute("aria-describedby");
    }
    if (single) {
      single.hidden = isOpen;
      parts.group.hidden = !isOpen;
    }
    parts.compare.hidden = !canCompare || (now.values.length < 2 && !isOpen);
    parts.compare.setAttribute("aria-pressed", String(isOpen));
    say(parts.how, isOpen && now.chosen.length < 2 ? HOW : "");
    say(parts.why, [...new Set(reasons)].join(" "));
  }

  parts.group.addEventListener(
    "click",
    (event) => {
      const one = hit(event, ".chip");
      if (one) press(one.dataset.value ?? "", canCompare && (event.shiftKey || event.ctrlKey || event.metaKey));
    },
    { signal },
  );
  parts.compare.addEventListener("click", toggle, { signal });
  return {
    root,
    draw,
    isMany,
    problem: (/** @type {string} */ words) => {
      say(parts.problem, words);
      (single ?? parts.group).toggleAttribute("data-wrong", Boolean(words));
    },
  };
}
