// What stands around the cells of the live grid: headings, tables, prompt, notes.
// Nothing here changes once it is drawn.
import { dotted, foreign, make } from "../dom.js";
import { liveTable } from "../measures.js";
import { badge } from "../task.js";
import { makeCell } from "./cell.js";

/**
 * @typedef {import("./cell.js").Cell} Cell
 * @typedef {number | string} Spot a cell's number, or why there is none
 * @typedef {object} Sheet
 * @property {string} heading
 * @property {string[]} columns
 * @property {[head: string, spots: Spot[], places: string[]][]} rows each place as a number on each axis
 * @property {[side: number, least: number, most: number]} widths_px
 * @typedef {object} Board
 * @property {string} id by which what is saved knows that it takes this one's place
 * @property {string} plan
 * @property {string} [judge] the line that votes on its clips
 * @property {boolean} simulated
 * @property {string[]} shared
 * @property {[shown: string, rest: string] | null} prompt
 * @property {string[]} [prompts] of each clip where they are not one
 * @property {string[]} notes
 * @property {[what: string, why: string][]} left_out
 * @property {[width: number, height: number]} box_px
 * @property {[key: string, title: string, definition: string][]} measures
 * @property {[name: string, values: string[], side: string][]} axes none where they stand in one row
 * @property {string | null} row_axis none: the cells stand in one row, wrapped
 * @property {string | null} column_axis
 * @property {Sheet[]} sheets
 */

/** @param {string} text @param {Record<string, string>} attributes @param {string} [className] */
function head(text, attributes, className = "") {
  return make("th", className, attributes, foreign(text));
}

/** @param {Spot} spot @param {Cell[]} cells */
function place(spot, cells) {
  return typeof spot === "number" ? cells[spot].root : make("p", "absent", { dir: "auto" }, spot);
}

/** @param {Sheet} sheet @param {Board} board @param {Cell[]} cells */
function table(sheet, board, cells) {
  const corner = make(
    "td",
    "corner",
    {},
    make("span", "", {}, foreign(board.column_axis ?? ""), " →"),
    make("span", "", {}, foreign(board.row_axis ?? ""), " ↓"),
  );
  const columns = sheet.columns.map((value) => head(value, { scope: "col" }));
  const rows = sheet.rows.map(([value, spots, places]) =>
    make(
      "tr",
      "",
      {},
      head(value, { scope: "row" }),
      ...spots.map((spot, at) => make("td", "", { "data-at": places[at] }, place(spot, cells))),
    ),
  );
  const [side, least, most] = sheet.widths_px;
  const number = sheet.columns.length;
  const made = make(
    "table",
    "",
    { style: `--head:${side}px;min-width:${side + number * least}px;max-width:${side + number * most}px` },
    make("thead", "", {}, make("tr", "", {}, corner, ...columns)),
    make("tbody", "", {}, ...rows),
  );
  return make("div", "scroll", { tabindex: "0", role: "region", "aria-label": `Clips ${sheet.heading}`.trim() }, made);
}

/** @param {Sheet} sheet @param {Cell[]} cells */
function wrapped({ rows: [[, spots]] }, cells) {
  return make("div", "wrapped", { style: `--cells:${spots.length}` }, ...spots.map((spot) => place(spot, cells)));
}

/** @param {Sheet} sheet @param {Board} board @param {Cell[]} cells */
function drawSheet(sheet, board, cells) {
  const inner = board.row_axis === null ? wrapped(sheet, cells) : table(sheet, board, cells);
  const section = make("section", "hailuo-sheet", {}, inner);
  if (sheet.heading) section.prepend(make("h4", "hailuo-heading", { dir: "auto" }, sheet.heading));
  return section;
}

/** @param {[shown: string, rest: string]} prompt */
function folded([shown, rest]) {
  if (!rest) return make("p", "prompt", { dir: "auto" }, shown);
  return make("details", "prompt", { dir: "auto" }, make("summary", "", {}, `${shown}…`), rest);
}

/** @param {Board} board */
function listed(board) {
  const left = board.left_out.map(([what, why]) => make("li", "", {}, "Left out: ", foreign(what), ": ", foreign(why)));
  const notes = board.notes.map((note) => make("li", "", { dir: "auto" }, note));
  return make("ul", "notes quiet", {}, ...left, ...notes);
}

/** @param {Board} board */
export function skeleton(board) {
  const spots = board.sheets.flatMap(({ rows }) => rows.flatMap(([, row]) => row));
  const size = spots.filter((spot) => typeof spot === "number").length;
  const cells = Array.from({ length: size }, () => makeCell(board.box_px));
  const plan = make("strong", "", { dir: "auto" }, board.plan);
  const progress = make("span", "", { "aria-hidden": "true" });
  const spoken = make("span", "spoken", { role: "status", "aria-live": "polite" });
  const root = make(
    "section",
    "hailuo-live-grid hailuo-grid hailuo-compare",
    {
      "data-grid": board.id,
      "data-judge": board.judge || null,
      "data-axes": board.axes.length ? JSON.stringify(board.axes) : null,
      "data-lm-suppress-shortcuts": "true",
      "aria-label": "Experiment",
    },
    make("p", "plan", {}, plan, ...(board.simulated ? [" ", badge()] : [])),
    make("p", "count", {}, progress, spoken),
  );
  if (board.prompt) root.append(folded(board.prompt));
  if (board.shared.length) root.append(make("p", "quiet", {}, "All: ", ...dotted(board.shared)));
  root.append(
    make("div", "hailuo-bar"),
    make("div", "hailuo-clips", {}, ...board.sheets.map((sheet) => drawSheet(sheet, board, cells))),
  );
  const measures = liveTable(board.measures, cells);
  root.append(measures.box);
  if (board.notes.length + board.left_out.length) root.append(listed(board));
  return { root, cells, measures, plan, progress, spoken };
}
