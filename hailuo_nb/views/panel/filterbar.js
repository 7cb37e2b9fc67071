// What is looked for among the clips: words, state, model, day, and what was put away.
// It knows the choices, not the clips; `asked(filter)` hears of every new wish.
import { make, say } from "../dom.js";

const TYPED_MS = 250;
const GAP = "\u202f"; // a thin blank that does not break, between thousands
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, GAP);
const capital = (words) => words[0].toUpperCase() + words.slice(1);
const day = (iso) =>
  new Date(`${iso}T00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

// Options change in place, so that an open list stays open; what is chosen always stays.
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
 * @param {import("./wire.js").Wire} wire
 */
export function filterbar(wire, asked) {
  const states = wire.get("catalogue").states;
  const text = make("input", "", {
    type: "search",
    "aria-label": "Search prompts and names",
    placeholder: "Search prompts and names",
    "aria-keyshortcuts": "/",
    title: "/ comes here",
    autocomplete: "off",
    spellcheck: "false",
  });
  const [group, model, date] = ["State", "Model", "Day"].map((words) => make("select", "", { "aria-label": words }));
  const hidden = make("input", "", { type: "checkbox" });
  const count = make("p", "count quiet");
  const clear = make("button", "plain small", { type: "button", hidden: true }, "Clear");
  const root = make(
    "div",
    "filter",
    { role: "search", "aria-label": "Clips" },
    text,
    group,
    model,
    date,
    make("label", "put-away", { title: "Show the clips that are hidden" }, hidden, "Hidden"),
    make("p", "found", {}, count, clear),
  );
  let timer = 0;

  const value = () =>
    Object.fromEntries(
      Object.entries({
        group: group.value,
        model: model.value,
        day: date.value,
        text: text.value.trim(),
        hidden: hidden.checked,
      }).filter(([, wish]) => wish),
    );
  const isSet = () => Object.keys(value()).length > 0;
  let told = "{}";
  function ask() {
    clearTimeout(timer);
    const wish = value();
    clear.hidden = !isSet();
    if (JSON.stringify(wish) === told) return; // such as a blank at the end
    told = JSON.stringify(wish);
    return asked(wish);
  }
  // Look for these words alone; without any, for all.
  function find(words = "", isHidden = false) {
    for (const one of [group, model, date]) one.value = "";
    text.value = words;
    hidden.checked = isHidden;
    text.focus();
    return ask();
  }
  const reset = () => find();
  const on = (target, type, does) => target.addEventListener(type, does, { signal: wire.signal });
  on(text, "input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, TYPED_MS);
  });
  on(text, "keydown", ({ key }) => {
    if (key === "Enter") ask();
  });
  for (const one of [group, model, date, hidden]) on(one, "change", ask);
  on(clear, "click", reset);
  wire.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  // `isUsed`: some clip was made, be it hidden by now.
  function draw({ total, all, facets }, isUsed) {
    const counts = new Map(facets.group ?? []);
    fill(
      group,
      "All states",
      states.map(([name]) => [name, counts.get(name)]),
      (name) => capital(states.find(([one]) => one === name)[1]),
    );
    fill(model, "All models", facets.model ?? [], (name) => name);
    fill(date, "All days", facets.day ?? [], day);
    const words = hidden.checked
      ? `${number(total)} hidden`
      : isSet()
        ? `${number(total)} of ${number(all)}`
        : all === 1
          ? "1 clip"
          : `${number(all)} clips`;
    say(count, all || isSet() ? words : "");
    clear.hidden = !isSet();
    root.hidden = !all && !isUsed && !facets.hidden && !isSet();
  }
  return {
    root,
    value,
    isSet,
    draw,
    reset,
    find,
    focus: () => {
      text.focus();
      text.select();
    },
    words: () => count.textContent,
  };
}
