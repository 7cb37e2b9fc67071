// A row of values of which one is chosen, or several where they are to be compared.
// What cannot be chosen says why. It knows no setting and no model.
import { make, say } from "../dom.js";
import * as facts from "./facts.js";

const HOW = "Choose two or more: each makes a clip of its own.";

// `pick(values)` is told what the person wants; `draw` is told what there is.
// `single`: a control that stands in place of the row while one value is chosen.
export function chips({ name, label, canCompare, single = null, help = "", pick, signal }) {
  const id = facts.uid(name);
  const parts = {
    name: make(single ? "label" : "span", "legend", { id: `${id}-name`, for: single ? `${id}-one` : null, title: help || null }, label),
    group: make("div", "values", { role: "group", "aria-labelledby": `${id}-name` }),
    compare: make("button", "small plain compare", { type: "button", "aria-pressed": "false", title: `Compare several: ${label.toLowerCase()}` }, "Compare", make("span", "spoken", {}, ` several: ${label.toLowerCase()}`)),
    how: make("p", "quiet", { hidden: true }),
    why: make("p", "quiet why", { id: `${id}-why`, dir: "auto", hidden: true }),
    problem: make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true }),
  };
  if (single) single.id = `${id}-one`;
  const described = `${id}-why ${id}-problem`;
  (single ?? parts.group).setAttribute("aria-describedby", described);
  const root = make("div", "row", { "data-option": name }, parts.name,
    make("div", "choice", {}, single, parts.group, parts.compare), make("div", "said", {}, parts.how, parts.why, parts.problem));
  let isComparing = false;
  let now = { values: [], chosen: [], text: String, why: () => "" };

  const isMany = () => isComparing || now.chosen.length > 1;
  const chip = (value) => [...parts.group.children].find((one) => one.dataset.value === value);

  function press(value, isAdding) {
    const isOn = now.chosen.includes(value);
    if (now.why(value) && !isOn) return;
    if (isAdding) isComparing = true;
    const wanted = isMany() ? (isOn ? now.chosen.filter((one) => one !== value) : [...now.chosen, value]) : [value];
    if (wanted.length) pick(now.values.filter((one) => wanted.includes(one)), { isLone: !isMany() });
    draw(now);
  }

  function toggle() {
    isComparing = !isMany();
    if (!isComparing && now.chosen.length > 1) pick(now.chosen.slice(0, 1), { isLone: true });
    draw(now);
  }

  function makeChips(values) {
    if (JSON.stringify([...parts.group.children].map((one) => one.dataset.value)) === JSON.stringify(values)) return;
    const had = parts.group.contains(document.activeElement) ? document.activeElement.dataset.value : null;
    parts.group.replaceChildren(...values.map((value) => make("button", "chip", { type: "button", "data-value": value })));
    if (had !== null) (chip(had) ?? parts.group.firstChild)?.focus();
  }

  function draw(next) {
    now = next;
    makeChips(now.values);
    const isOpen = isMany();
    const reasons = [];
    for (const one of parts.group.children) {
      const { value } = one.dataset;
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

  parts.group.addEventListener("click", (event) => {
    const one = event.target.closest(".chip");
    if (one) press(one.dataset.value, canCompare && (event.shiftKey || event.ctrlKey || event.metaKey));
  }, { signal });
  parts.compare.addEventListener("click", toggle, { signal });
  return { root, draw, isMany, problem: (words) => { say(parts.problem, words); (single ?? parts.group).toggleAttribute("data-wrong", Boolean(words)); } };
}
