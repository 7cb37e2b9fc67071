// The model and every option of the catalogue, as rows, fields and boxes; and the settings
// they write. No model and no option is named here but `model` and the variable's `name`.
import { make, say } from "../dom.js";
import { chips } from "./chips.js";
import * as facts from "./facts.js";

const NAME = {
  name: "name",
  label: "Name",
  kind: "text",
  place: "more",
  help: "becomes the notebook's variable for the finished task",
};
const BAD_NAME = "Use letters, digits and _ only, with no digit first.";
const isName = (words) => words === "" || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(words);
const nameTrouble = (words, { keywords = [] }) =>
  keywords.includes(words) ? `${words} is a word of Python's own: use another.` : isName(words) ? "" : BAD_NAME;

/**
 * The settings as this view has them: what Python knows and what is being typed.
 * @param {import("./wire.js").Wire} wire
 */
function keeper(wire, touched) {
  let typed = {};
  const said = () => wire.get("settings") ?? {};
  const current = () => facts.clean({ ...said(), ...typed });
  wire.on("settings", () => {
    const mine = current();
    const isTold = Object.keys(typed).every((name) => JSON.stringify(said()[name]) === JSON.stringify(mine[name]));
    if (isTold) typed = {};
    else wire.later("settings", mine); // else what is typed would go back to what was there before
  });
  return {
    current,
    isTyping: () => Object.keys(typed).length > 0,
    type(changes) {
      typed = { ...typed, ...changes };
      touched();
      wire.later("settings", current());
    },
    put(changes) {
      const next = facts.clean({ ...current(), ...changes });
      const isSame = facts.key(next) === facts.key(said());
      typed = {};
      if (isSame) return;
      touched();
      wire.set("settings", next);
    },
    replace(next) {
      typed = {};
      touched();
      wire.set("settings", next);
    },
  };
}

function textField(option, keep, signal, catalogue) {
  const id = facts.uid(option.name);
  const input = make("input", "", {
    id,
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-help ${id}-problem`,
  });
  const problem = make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true });
  const root = make(
    "div",
    "row",
    { "data-option": option.name },
    make("label", "legend", { for: id }, option.label),
    input,
    make("div", "said", {}, make("p", "quiet", { id: `${id}-help` }, option.help), problem),
  );
  let said = "";
  const judge = () => {
    const words = said || (option === NAME ? nameTrouble(input.value.trim(), catalogue) : "");
    say(problem, words);
    input.setAttribute("aria-invalid", String(Boolean(words)));
  };
  input.addEventListener(
    "input",
    () => {
      keep.type({ [option.name]: input.value.trim() });
      judge();
    },
    { signal },
  );
  return {
    root,
    draw(settings) {
      const value = String(settings[option.name] ?? "");
      if (value !== input.value.trim()) input.value = value;
      judge();
    },
    problem: (words) => {
      said = words;
      judge();
    },
  };
}

function flagBox(option, keep, signal) {
  const id = facts.uid(option.name);
  const box = make("input", "", { id, type: "checkbox", "aria-describedby": `${id}-help ${id}-problem` });
  const problem = make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true });
  const root = make(
    "div",
    "row flag",
    { "data-option": option.name },
    box,
    make("label", "legend", { for: id }, option.label),
    make("div", "said", {}, make("p", "quiet", { id: `${id}-help` }, option.help), problem),
  );
  box.addEventListener("change", () => keep.put({ [option.name]: box.checked }), { signal });
  return {
    root,
    draw: (settings) => {
      box.checked = Boolean(settings[option.name]);
    },
    problem: (words) => say(problem, words),
  };
}

function valueRow(option, keep, signal, catalogue) {
  const models = () => facts.effective(catalogue, keep.current());
  const row = chips({
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
    ...row,
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

function modelRow(keep, signal, catalogue) {
  const select = make("select");
  const lost = make("p", "quiet", { role: "status" });
  let lostFrom = ""; // the settings that lack it: once they change it is old news
  const choose = (model) => {
    const { settings, dropped } = facts.fitting(catalogue, { ...keep.current(), model });
    keep.replace(settings);
    lostFrom = facts.key(settings);
    say(
      lost,
      dropped.length ? `Left out, as ${model || "the automatic choice"} has no such thing: ${dropped.join(", ")}.` : "",
    );
  };
  const row = chips({
    name: "model",
    label: "Model",
    canCompare: true,
    single: select,
    signal,
    pick: (values) => choose(values.join(",")),
  });
  row.root.append(lost);
  say(lost, "");
  select.append(
    make("option", "", { value: "" }),
    ...catalogue.models.map((model) => make("option", "", { value: model.short }, facts.modelWords(catalogue, model))),
  );
  select.addEventListener("change", () => choose(select.value || undefined), { signal });
  return {
    ...row,
    settle: () => say(lost, ""),
    draw(settings) {
      if (facts.key(settings) !== lostFrom) say(lost, "");
      const automatic = facts.automatic(catalogue, settings).short;
      select.options[0].textContent = `Automatic (${automatic})`;
      select.value = facts.list(settings.model).length === 1 ? settings.model : "";
      row.draw({
        values: catalogue.models.map(({ short }) => short),
        chosen: facts.list(settings.model).length ? facts.list(settings.model) : [automatic],
        text: String,
        why: () => "",
      });
    },
  };
}

/**
 * @param {import("./wire.js").Wire} wire
 */
export function options(wire, touched) {
  const catalogue = wire.get("catalogue");
  const { signal } = wire;
  const keep = keeper(wire, touched);
  const made = { choice: valueRow, switch: valueRow, text: textField, flag: flagBox };
  const shown = [NAME, ...catalogue.options.filter(({ name }) => name !== NAME.name)].filter(
    ({ kind }) => kind in made,
  );
  /** @type {Map<string, any>} */
  const rows = new Map([["model", modelRow(keep, signal, catalogue)]]);
  for (const option of shown) rows.set(option.name, made[option.kind](option, keep, signal, catalogue));
  const at = (place) => shown.filter((option) => option.place === place).map(({ name }) => rows.get(name).root);
  const count = make("span", "quiet");
  const more = make("details", "rest", {}, make("summary", "", {}, "More options ", count), ...at("more"));
  const root = make("div", "options", {}, rows.get("model").root, ...at("main"), more);

  function draw() {
    const settings = keep.current();
    for (const row of rows.values()) row.draw(settings);
    const set = shown.filter(({ place, name }) => place === "more" && settings[name] !== undefined).length;
    say(count, set ? `${set} set` : "");
  }
  wire.on("settings", draw);
  draw();
  return {
    root,
    draw,
    settings: keep.current,
    isTyping: keep.isTyping,
    has: (name) => rows.has(name),
    settle: rows.get("model").settle, // what the last choice of a model took away was agreed to
    // The quote's problems, each where it can be put right; one that is folded away opens.
    problems(words) {
      for (const [name, row] of rows) row.problem(words.get(name) ?? "");
      if (shown.some(({ place, name }) => place === "more" && words.has(name))) more.open = true;
    },
  };
}
