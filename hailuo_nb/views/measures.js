// What was measured of the clips of a grid or a comparison, shown on them, and the clips in its order.
// It knows a table `.hailuo-measures` whose rows name figures `.hailuo-clip` by their label; without
// it the table stands as it is. It asks nobody. All it draws has the table's class.
import { foreign, make, shared } from "./dom.js";

const CLASS = "hailuo-measures";
const SHADE_PERCENT = 44;
const ORDERS = ["as asked", "highest first", "lowest first"];
const CSS = `.hailuo-compare{
.measuring{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0 0 6px;font-size:12px}
.measuring select{font:inherit;color:inherit;height:26px;margin:0 0 0 4px;padding:0 2px;border:1px solid #80808080;
border-radius:4px;background:#80808014}
.measuring option{color:CanvasText;background:Canvas}
.measured{margin:4px 0 0;padding:1px 6px;border-radius:4px;font-size:12px;line-height:1.45;overflow-wrap:anywhere;
background:color-mix(in srgb,#3b82f6 var(--shade),#80808014)}
&.hailuo-grid[data-sorted]{
.arranging{display:none}
.hailuo-clips{display:grid;gap:16px 12px;margin:0 0 16px;max-width:1240px;grid-template-columns:repeat(auto-fill,minmax(min(100%,200px),1fr))}
.hailuo-clips :is(section,div:has(figure):not(figure div):not(td div,.wrapped div),table,tbody,tr){display:contents!important}
.hailuo-clips :is(.hailuo-heading,.hailuo-tabs,thead,th,td:not(:has(figure)),p.absent){display:none!important}
.hailuo-clips td{display:block;padding:0!important}}
@media print{.measuring{display:none}}}`;

/**
 * What was chosen in each grid: one that is saved anew, as when a clip is rated, stands so, too.
 * @type {Map<string, [key: string, order: number]>}
 */
const chosen = shared(Symbol.for("hailuo.orders"), () => new Map());

/**
 * @typedef {{ text: string, number: number | null }} Value
 * @typedef {{ key: string, title: string, values: Map<string, Value> }} Column by the clips' labels
 */

/** @param {HTMLTableElement} table @returns {Column[]} */
function read(table) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...(table.tHead?.rows[0].cells ?? [])].slice(1);
  return heads.map((head, at) => ({
    key: head.dataset.key ?? "",
    title: head.textContent ?? "",
    values: new Map(
      rows.map((row) => {
        const { textContent, dataset } = row.cells[at + 1];
        const number = dataset.number === undefined ? null : Number(dataset.number);
        return [row.dataset.label ?? "", { text: textContent ?? "", number }];
      }),
    ),
  }));
}

/** @param {string} label @param {HTMLSelectElement} select */
function labelled(label, select) {
  select.ariaLabel = label;
  return make("label", "", {}, label, select);
}

/** @param {Column} column @param {boolean} isFalling @returns {string[]} the labels, those without a number last */
function sorted({ values }, isFalling) {
  const sign = isFalling ? -1 : 1;
  const rank = (/** @type {string} */ label) => values.get(label)?.number ?? null;
  return [...values.keys()].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a === null || b === null ? Number(a === null) - Number(b === null) : sign * (a - b);
  });
}

/** @param {Column} column @param {string} label */
function chip({ title, values }, label) {
  const value = values.get(label);
  if (!value) return null;
  const numbers = [...values.values()].flatMap(({ number }) => number ?? []);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const share = value.number === null || high <= low ? 0 : (value.number - low) / (high - low);
  const made = make("p", `${CLASS} measured`, {}, foreign(`${title} ${value.text}`));
  made.style.setProperty("--shade", `${Math.round(SHADE_PERCENT * share)}%`);
  return made;
}

/**
 * Let the clips be shaded and sorted; returns what takes it all back, and can begin anew.
 * @param {HTMLElement} root
 */
export function measured(root) {
  const style = make("style", "", {}, CSS);
  const [shown, order] = [make("select"), make("select")];
  const tools = make("div", "measuring", {}, labelled("On the clips", shown), labelled("Order", order));
  /** @type {string[]} */
  let asked = [];
  let kept = chosen.get(root.dataset.grid ?? "");
  const figures = () =>
    /** @type {HTMLElement[]} */ ([...root.querySelectorAll("figure.hailuo-clip")]).map((figure) => ({
      figure,
      label: figure.dataset.label ?? "",
      place: /** @type {HTMLElement} */ (figure.closest("td, .wrapped > *, .hailuo-clips > *")),
    }));
  const table = () => /** @type {HTMLTableElement | null} */ (root.querySelector(`details.${CLASS} table`));

  function apply() {
    const found = table();
    const column = found && read(found).find(({ key }) => key === shown.value);
    order.disabled = !column;
    const isSorted = Boolean(column) && order.selectedIndex > 0;
    const labels = column && isSorted ? sorted(column, order.selectedIndex === 1) : asked;
    for (const old of root.querySelectorAll(".measured")) old.remove();
    for (const { figure, label, place } of figures()) {
      const made = column ? chip(column, label) : null;
      if (made) figure.querySelector("figcaption")?.append(made);
      place.style.order = isSorted ? String(labels.indexOf(label)) : "";
    }
    root.toggleAttribute("data-sorted", isSorted);
    const rows = new Map([...(found?.tBodies[0].rows ?? [])].map((row) => [row.dataset.label ?? "", row]));
    for (const label of labels) found?.tBodies[0].append(/** @type {Node} */ (rows.get(label)));
  }

  /** Offer what the table has now. */
  function renew() {
    const found = table();
    tools.hidden = !found;
    if (!found) return;
    asked = [...found.tBodies[0].rows].map((row) => row.dataset.label ?? "");
    const before = shown.value || kept?.[0];
    shown.replaceChildren(
      make("option", "", { value: "" }, "no measure"),
      ...read(found).map(({ key, title }) => make("option", "", { value: key, selected: key === before }, title)),
    );
    if (!tools.isConnected) found.closest("details")?.querySelector("summary")?.after(style, tools);
    apply();
  }

  order.append(...ORDERS.map((words) => make("option", "", {}, words)));
  order.selectedIndex = kept?.[1] ?? 0;
  for (const select of [shown, order]) {
    select.addEventListener("change", () => {
      kept = [shown.value, order.selectedIndex];
      if (root.dataset.grid) chosen.set(root.dataset.grid, kept);
      apply();
    });
    select.addEventListener("keydown", (event) => event.stopPropagation()); // its keys are its own
  }
  renew();
  root.addEventListener("arranged", apply);
  const leave = () => {
    root.removeEventListener("arranged", apply);
    shown.value = "";
    apply();
    style.remove();
    tools.remove();
  };
  return Object.assign(leave, { renew });
}

/**
 * The table of a live grid, drawn anew as clips are measured.
 * @param {[key: string, title: string, definition: string][]} columns
 * @param {{ state: { label: string, measures?: Record<string, [text: string, number: number | null]> } | null }[]} cells
 */
export function liveTable(columns, cells) {
  const box = make("details", CLASS, { hidden: true, open: cells.length < 10 }, make("summary", "", {}, "Measures"));
  let drawn = "";
  /** Tell whether it has changed. */
  function draw() {
    const states = cells.flatMap(({ state }) => state ?? []);
    const key = JSON.stringify(states.map(({ label, measures }) => [label, measures]));
    const kept = columns.filter(([name]) => states.some(({ measures }) => measures?.[name]));
    if (key === drawn || states.length < cells.length) return false;
    drawn = key;
    box.hidden = kept.length === 0;
    box.querySelector(".scroll")?.remove();
    if (kept.length) box.append(tableOf(kept, states));
    return true;
  }
  return { box, draw };
}

/**
 * @param {[key: string, title: string, definition: string][]} columns
 * @param {{ label: string, measures?: Record<string, [text: string, number: number | null]> }[]} states
 */
function tableOf(columns, states) {
  const heads = columns.map(([key, title, definition]) =>
    make("th", "", { scope: "col", "data-key": key, title: definition }, foreign(title)),
  );
  const rows = states.map(({ label, measures }) =>
    make(
      "tr",
      "",
      { "data-label": label },
      make("th", "", { scope: "row" }, foreign(label)),
      ...columns.map(([key]) => {
        const [text, number] = measures?.[key] ?? ["–", null];
        return make("td", "", { "data-number": number }, foreign(text));
      }),
    ),
  );
  const table = make(
    "table",
    "",
    {},
    make("thead", "", {}, make("tr", "", {}, make("th", "", { scope: "col" }, "clip"), ...heads)),
    make("tbody", "", {}, ...rows),
  );
  return make("div", "scroll", { tabindex: "0", role: "region", "aria-label": "Measures of the clips" }, table);
}
