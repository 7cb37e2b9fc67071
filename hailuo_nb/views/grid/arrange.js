// Lays the tables of a grid out anew: any axis along the rows, the columns or on tabs, rows hidden and
// shown again. It knows a root `.hailuo-grid` that tells its axes, and places `td[data-at]`; the clips
// are moved as they are. It asks nobody. A grid that is saved anew stands as it stood; a page that is
// loaded anew, as asked.
import { foreign, icon, make, shared } from "../dom.js";
import { tabbed } from "./tabs.js";

/** @typedef {"rows" | "columns" | "tabs"} Side */
/** @typedef {[name: string, values: string[], side: Side]} Axis */
/**
 * How each grid was laid out, and its hidden rows as axis and value.
 * @type {Map<string | undefined, { sides: Side[], hidden: Set<string> }>}
 */
const layouts = shared(Symbol.for("hailuo.layouts"), () => new Map());
const SIDES = /** @type {const} */ (["rows", "columns", "tabs"]);
const LEAST_PX = 150;
const MOST_PX = 400;
const CSS = `.hailuo-grid{
.arranging{display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;margin:0 0 10px;font-size:12px}
.arranging label{max-width:100%;overflow-wrap:anywhere}
.arranging :is(select,button){font:inherit;color:inherit;height:26px;margin:0;padding:0 8px;border:1px solid #80808080;
border-radius:4px;background:#80808014;cursor:pointer}
.arranging select{margin:0 0 0 4px;padding:0 2px}
.arranging option{color:CanvasText;background:Canvas}
.arranging [hidden]{display:none}
tbody th{position:relative}
.unseen{display:block;width:26px;height:26px;margin:4px 0 0;padding:5px;border:0;border-radius:4px;color:inherit;
background:none;opacity:.6;cursor:pointer}
.unseen svg{display:block;width:16px;height:16px;fill:none;stroke:currentColor}
.unseen:is(:hover,:focus-visible){opacity:1;background:#80808026}
.nothing{margin:0;font-size:12px;opacity:.78}
@media print{.arranging,.unseen{display:none!important}}}`;

/** @param {HTMLElement} root */
export function arranged(root) {
  const told = root.dataset.axes;
  const clips = /** @type {HTMLElement | null} */ (root.querySelector(".hailuo-clips"));
  if (!told || !clips || root.querySelector(".arranging")) return tabbed(root);
  /** @type {Axis[]} */
  const axes = JSON.parse(told);
  const places = [.../** @type {NodeListOf<HTMLElement>} */ (clips.querySelectorAll("td[data-at]"))]
    .filter(({ dataset }) => dataset.at)
    .map((cell) => ({ at: String(cell.dataset.at).split(" ").map(Number), nodes: [...cell.childNodes] }));
  const looks = patterns(clips);
  if (axes.length < 2 || !looks) return tabbed(root);
  const { section: sheetOf } = looks;
  const { sides: stood, hidden } = layouts.get(root.dataset.grid) ?? { sides: [], hidden: new Set() };
  for (const [number, axis] of axes.entries()) axis[2] = stood[number] ?? axis[2];
  const selects = axes.map(([name, , side], number) => {
    const select = make(
      "select",
      "",
      { "aria-label": `${name} on` },
      ...SIDES.map((one) => make("option", "", { value: one, selected: one === side }, one)),
    );
    select.addEventListener("change", () => put(number, /** @type {Side} */ (select.value)));
    select.addEventListener("keydown", (event) => event.stopPropagation()); // its keys are its own
    return select;
  });
  const swap = make("button", "", { type: "button" }, "Swap rows and columns");
  const again = make("button", "", { type: "button", hidden: true });
  const tools = make(
    "div",
    "arranging",
    { role: "group", "aria-label": "Layout" },
    ...axes.map(([name], number) => make("label", "", {}, foreign(name), selects[number])),
    swap,
    again,
  );
  const sides = () => axes.map(([, , side]) => side);
  const unseen = () => [...hidden].filter((key) => key.startsWith(`${sides().indexOf("rows")} `));

  /** What had the rows or columns before goes where the axis comes from. @param {number} number @param {Side} side */
  function put(number, side) {
    const [from, other] = [axes[number][2], sides().indexOf(side)];
    if (side !== "tabs" && other >= 0) axes[other][2] = from;
    axes[number][2] = side;
    draw();
  }

  function draw() {
    for (const [number, [, , side]] of axes.entries()) selects[number].value = side;
    const sheets = laidOut(axes, places, hidden);
    clips?.replaceChildren(...sheets.map((sheet) => sheetOf(sheet, axes, hide)));
    tabbed(root);
    layouts.set(root.dataset.grid, { sides: sides(), hidden });
    const number = unseen().length;
    again.textContent = number === 1 ? "Show 1 hidden row" : `Show ${number} hidden rows`;
    again.hidden = number === 0;
    root.dispatchEvent(new CustomEvent("arranged"));
  }

  /** @param {string} key */
  function hide(key) {
    hidden.add(key);
    draw();
    again.focus();
  }

  swap.addEventListener("click", () => {
    for (const axis of axes) axis[2] = axis[2] === "rows" ? "columns" : axis[2] === "columns" ? "rows" : "tabs";
    draw();
  });
  again.addEventListener("click", () => {
    for (const key of unseen()) hidden.delete(key);
    draw();
    swap.focus();
  });
  clips.before(make("style", "", {}, CSS), tools);
  draw();
}

/**
 * @typedef {{ at: number[], nodes: Node[] }} Place
 * @typedef {{ heading: string, columns: string[], rows: [head: string, key: string, cells: (Node[] | null)[]][] }} Sheet
 * @param {Axis[]} axes @param {Place[]} places @param {Set<string>} hidden @returns {Sheet[]}
 */
function laidOut(axes, places, hidden) {
  const side = (/** @type {Side} */ wanted) => axes.findIndex(([, , one]) => one === wanted);
  const [down, across] = [side("rows"), side("columns")];
  const tabs = axes.flatMap(([, , one], number) => (one === "tabs" ? [number] : []));
  /** @type {Map<string, Place[]>} */
  const sheets = new Map();
  const byTabs = [...places].sort((one, other) => {
    const first = tabs.find((axis) => one.at[axis] !== other.at[axis]);
    return first === undefined ? 0 : one.at[first] - other.at[first];
  });
  for (const place of byTabs) {
    const key = tabs.map((axis) => place.at[axis]).join(" ");
    sheets.set(key, [...(sheets.get(key) ?? []), place]);
  }
  return [...sheets.values()].map((some) => {
    const values = (/** @type {number} */ axis) =>
      axis < 0 ? [0] : [...new Set(some.map(({ at }) => at[axis]))].sort((one, other) => one - other);
    const on = (/** @type {Place} */ { at }, /** @type {number} */ axis) => (axis < 0 ? 0 : at[axis]);
    const name = (/** @type {number} */ axis, /** @type {number} */ value) => (axis < 0 ? "" : axes[axis][1][value]);
    return {
      heading: tabs.map((axis) => placed(axes[axis][0], name(axis, some[0].at[axis]))).join(" · "),
      columns: values(across).map((value) => name(across, value)),
      rows: values(down)
        .filter((value) => !hidden.has(`${down} ${value}`))
        .map((row) => [
          name(down, row),
          `${down} ${row}`,
          values(across).map(
            (to) => some.find((place) => on(place, down) === row && on(place, across) === to)?.nodes ?? null,
          ),
        ]),
    };
  });
}

/** Where a sheet stands on an axis; one of braces is called by its values. @param {string} axis @param {string} value */
const placed = (axis, value) => (axis.split("|").includes(value) ? value : `${axis} ${value}`);

/**
 * How the tables look that are there: what is made anew looks the same, live and saved.
 * @param {HTMLElement} clips
 */
function patterns(clips) {
  const section = clips.querySelector(".hailuo-sheet");
  const table = section?.querySelector("table");
  const [top, first] = [table?.tHead?.rows[0], table?.tBodies[0]?.rows[0]];
  if (!section || !table || !top || !first) return null;
  const like = (/** @type {Element} */ one) => /** @type {HTMLElement} */ (one.cloneNode(false));
  const title = section.querySelector(".hailuo-heading");
  const looks = {
    section: like(section),
    heading: title ? like(title) : make("h4", "hailuo-heading", { dir: "auto", style: "margin:8px 0;font-size:14px" }),
    scroll: like(/** @type {Element} */ (table.parentElement)),
    table: like(table),
    head: like(/** @type {Element} */ (table.tHead)),
    row: like(top),
    corner: like(top.cells[0]),
    column: like(top.cells[1]),
    side: like(first.cells[0]),
    cell: like(first.cells[1]),
  };
  looks.cell.removeAttribute("data-at");
  for (const one of [looks.section, looks.heading]) {
    for (const name of ["hidden", "id", "role", "aria-labelledby"]) one.removeAttribute(name);
  }
  const side_px = Number.parseInt(table.style.minWidth, 10) - (top.cells.length - 1) * LEAST_PX;
  const filled = (/** @type {keyof typeof looks} */ name, /** @type {(Node | string)[]} */ ...nodes) => {
    const made = like(looks[name]);
    made.append(...nodes);
    return made;
  };

  /** What stands where no axis is. @param {keyof typeof looks} name */
  const bare = (name) => make("td", "", { style: looks[name].getAttribute("style") });

  /** @param {Sheet} sheet @param {Axis[]} axes @param {(key: string) => void} hide */
  function sheetOf({ heading, columns, rows }, axes, hide) {
    const named = (/** @type {Side} */ side) => axes.find(([, , one]) => one === side)?.[0];
    const words = [named("columns"), named("rows")].flatMap((name, at) =>
      name === undefined ? [] : [make("span", "", { style: "display:block" }, foreign(name), at ? " ↓" : " →")],
    );
    const body = rows.map(([head, key, cells]) => {
      const side = named("rows") === undefined ? bare("side") : filled("side", foreign(head), hider(key, head, hide));
      const empty = () => [make("p", "nothing", {}, "not in this experiment")];
      return filled("row", side, ...cells.map((nodes) => filled("cell", ...(nodes ?? empty()))));
    });
    const tops = columns.map((value) =>
      named("columns") === undefined ? bare("column") : filled("column", foreign(value)),
    );
    const made = filled(
      "table",
      filled("head", filled("row", filled("corner", ...words), ...tops)),
      make("tbody", "", {}, ...body),
    );
    made.style.minWidth = `${side_px + columns.length * LEAST_PX}px`;
    made.style.maxWidth = `${side_px + columns.length * MOST_PX}px`;
    const scroll = filled("scroll", made);
    scroll.ariaLabel = `Clips ${heading}`.trim();
    return filled("section", ...(heading ? [filled("heading", heading)] : []), scroll);
  }
  return { section: sheetOf };
}

/** @param {string} key @param {string} head @param {(key: string) => void} hide */
function hider(key, head, hide) {
  const button = make("button", "unseen", { type: "button", title: "Hide this row", "aria-label": `Hide row ${head}` });
  button.append(icon("hide"));
  button.addEventListener("click", () => hide(key));
  return button;
}
