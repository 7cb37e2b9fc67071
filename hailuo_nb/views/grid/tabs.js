// Turns the sheets of a grid, sections under headings, into tabs. It knows sections
// `.hailuo-sheet` below a root `.hailuo-grid` and nothing else; without it they follow one another.
import { claim, isChord, shared } from "../dom.js";
import { ACCENT } from "../tokens.js";

const CSS = `.hailuo-grid{${ACCENT}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;

/** The sheet that was opened in each grid, by its heading. @type {Map<string | undefined, string>} */
const opened = shared(Symbol.for("hailuo.sheets"), () => new Map());

/** @param {HTMLElement} root */
export function tabbed(root) {
  const sheets = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".hailuo-sheet")]);
  root.dataset.tabs = "on";
  if (sheets.length < 2) return;
  const name = `hailuo-${Math.random().toString(36).slice(2)}`;
  const list = document.createElement("div");
  const style = document.createElement("style");
  const tabs = sheets.map((sheet, index) => {
    const [tab, heading] = [
      document.createElement("button"),
      /** @type {HTMLElement} */ (sheet.querySelector(".hailuo-heading")),
    ];
    tab.type = "button";
    tab.id = `${name}-${index}`;
    tab.role = "tab";
    tab.dir = "auto";
    tab.textContent = heading.textContent;
    tab.setAttribute("aria-controls", `${name}-${index}-sheet`);
    sheet.id = `${name}-${index}-sheet`;
    sheet.role = "tabpanel";
    sheet.setAttribute("aria-labelledby", tab.id);
    heading.hidden = true;
    tab.addEventListener("click", () => open(index));
    return tab;
  });
  /** @param {number} at */
  function open(at) {
    tabs.forEach((tab, index) => {
      tab.ariaSelected = String(index === at);
      tab.tabIndex = index === at ? 0 : -1;
      sheets[index].hidden = index !== at;
    });
    opened.set(root.dataset.grid, tabs[at].textContent);
  }
  list.addEventListener("keydown", (event) => {
    const [at, last] = [tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target)), tabs.length - 1];
    const to = /** @type {Record<string, number>} */ ({
      ArrowLeft: at ? at - 1 : last,
      ArrowRight: at < last ? at + 1 : 0,
      Home: 0,
      End: last,
    })[event.key];
    if (to === undefined || isChord(event)) return;
    claim(event);
    open(to);
    tabs[to].focus();
  });
  list.className = "hailuo-tabs";
  list.role = "tablist";
  list.ariaLabel = "Sheets";
  list.append(...tabs);
  style.textContent = CSS;
  sheets[0].before(style, list);
  open(
    Math.max(
      0,
      tabs.findIndex(({ textContent }) => textContent === opened.get(root.dataset.grid)),
    ),
  );
}
