// The live grid: draws many tasks' states, ticks their clocks, sends what is asked of one.
// All facts come from the model; only clocks and the buttons' looks live here. Text is set as
// text, never as markup. `dom`, `enhance` and `tabbed` are those of dom.js, compare.js and
// grid_tabs.js, which stand before this text in the same module.
export default (() => {
const TOLD_MS = 8000; // the spoken line changes at most this often
const STEPS = 4;
const STOPPING = "Stopping…";

const { make, say, foreign, clockWords } = dom;
const dotted = (phrases) => phrases.flatMap((phrase, index) => (index ? [" · ", foreign(phrase)] : [foreign(phrase)]));
const quiet = (...children) => make("p", "quiet", {}, ...children);

// ---- one cell

function makeCell([width, height]) {
  const time = document.createTextNode("");
  const parts = {
    time,
    frame: make("div", "frame", { style: `aspect-ratio:${width}/${height}` }),
    rail: make("div", "rail", { "aria-hidden": "true" }, ...Array.from({ length: STEPS }, () => make("span"))),
    label: foreign(""),
    badge: make("strong", "badge", { title: "Made by the built-in simulator, free of charge" }, "SIMULATED"),
    headline: make("span"),
    clock: make("span", "clock", { hidden: "" }, time),
    late: make("span", "", { hidden: "" }, "longer this time"),
    money: make("span"),
    explanation: make("div", "reason", { dir: "auto" }),
    note: make("p", "note", { dir: "auto" }),
    retry: make("button", "retry", { type: "button" }),
    hint: make("p", "quiet", { hidden: "" }, "A cell that is running may delay this."),
    stop: make("button", "stop", { type: "button" }, make("span", "", { "aria-hidden": "true" })),
    size: [width, height],
    state: null,
    asked: null,
    video: null,
  };
  parts.became = make("p", "quiet became", {}, parts.headline, parts.clock, parts.late, parts.money);
  parts.caption = make("figcaption", "", {},
    make("p", "name", {}, make("strong", "", {}, parts.label), " ", parts.badge),
    parts.became, parts.explanation, parts.note, parts.retry, parts.hint);
  parts.figure = make("figure", "hailuo-clip", {}, make("div", "picture", {}, parts.frame, parts.stop), parts.rail, parts.caption);
  return parts;
}

const isStopping = ({ asked }, { state }) => asked?.kind === "stop" && asked.state === state;

function drawCell(cell, state) {
  cell.figure.className = `hailuo-clip hailuo-${state.state}`;
  cell.figure.dataset.label = state.label;
  cell.figure.dataset.seconds = state.seconds;
  say(cell.label, state.label);
  cell.badge.hidden = !state.simulated;
  say(cell.headline, isStopping(cell, state) ? STOPPING : state.headline);
  say(cell.money, state.money);
  drawReason(cell, state);
  say(cell.note, state.note);
  drawRail(cell, state);
  drawButtons(cell, state);
  cell.state = state;
}

// A long reason is folded; what was unfolded stays so as long as it says the same.
function drawReason({ explanation }, { explanation: [shown, rest] }) {
  if (explanation.textContent !== shown + rest) {
    explanation.replaceChildren(rest ? make("details", "", {}, make("summary", "", {}, shown), make("span", "", {}, rest)) : shown);
  }
  explanation.hidden = !shown;
}

function drawRail({ rail }, { phase, final }) {
  rail.hidden = final;
  [...rail.children].forEach((step, index) => { step.className = index < phase ? "past" : index === phase ? "now" : ""; });
}

// A button that was pressed rests until what it asked for shows: a stop in the state, a retry in anything.
function drawButtons(cell, state) {
  if (isStopping(cell, state)) return;
  const hadFocus = cell.figure.contains(document.activeElement);
  cell.asked = null;
  cell.hint.hidden = true;
  for (const button of [cell.stop, cell.retry]) button.ariaDisabled = "false";
  cell.stop.hidden = !state.stop_hint;
  cell.stop.ariaLabel = `Stop watching ${state.label}`;
  cell.stop.title = `Stop watching. ${state.stop_hint}`;
  say(cell.retry, state.retry ? `Try again (${state.retry})` : "");
  cell.retry.ariaLabel = `${cell.retry.textContent}: ${state.label}`;
  const isLost = hadFocus && (document.activeElement === document.body || document.activeElement.hidden);
  if (isLost) cell.figure.focus({ preventScroll: true });
}

function press(cell, kind, index, model) {
  if (cell.asked || !cell.state) return;
  cell.asked = { kind, state: cell.state.state };
  const button = cell[kind];
  button.ariaDisabled = "true";
  if (kind === "stop") say(cell.headline, STOPPING);
  else Object.assign(button, { textContent: "Trying again…", ariaLabel: null });
  cell.hint.hidden = false;
  model.send({ kind, index });
}

function drawPicture(cell, { src, label }, poster) {
  const { frame, size: [width, height] } = cell;
  if (src && cell.video?.getAttribute("src") !== src) {
    cell.video?.remove();
    cell.video = make("video", "", { src, title: label, controls: "", loop: "", playsinline: "", preload: "none", width, height });
    cell.video.muted = true;
    cell.video.style.aspectRatio = `${width} / ${height}`;
    frame.replaceChildren(cell.video);
  }
  if (cell.video) {
    if (poster && cell.video.getAttribute("poster") !== poster) cell.video.poster = poster;
    return;
  }
  const image = frame.querySelector("img");
  if (!poster) image?.remove();
  else if (!image) frame.replaceChildren(make("img", "", { src: poster, alt: `Picture of ${label}` }));
  else if (image.getAttribute("src") !== poster) image.src = poster;
}

// The notebook knows where its files lie as the page sees them; it may be asked, and answers later.
function locator({ widget_manager: notebook }) {
  const known = new Map();
  return (src, then) => {
    if (!src || !notebook?.resolveUrl || /^(data|blob|https?):/.test(src)) return src;
    if (!known.has(src)) {
      known.set(src, null);
      notebook.resolveUrl(src).catch(() => src).then((address) => { known.set(src, address); then(); });
    }
    return known.get(src);
  };
}

// What ends before one's eyes plays through once, unless something plays already.
function preview(root, { video }) {
  if (document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  if ([...root.querySelectorAll("video")].some(({ paused }) => !paused)) return;
  const { top, bottom, height } = video.getBoundingClientRect();
  if (height && bottom > 0 && top < innerHeight) video.play().catch(() => {});
}

function tick({ state, time, clock, late }) {
  const isTicking = state !== null && !state.final && state.submitted_at_ms !== null;
  if (clock.hidden === isTicking) clock.hidden = !isTicking;
  const elapsed_s = isTicking ? Math.max(0, (Date.now() - state.submitted_at_ms) / 1000) : 0;
  const isLate = isTicking && state.late_after_s !== null && elapsed_s > state.late_after_s;
  if (late.hidden === isLate) late.hidden = !isLate;
  const words = clockWords(elapsed_s);
  if (isTicking && time.data !== words) time.data = words;
}

// ---- what stands around the cells

function head(text, attributes, className = "") {
  return make("th", className, attributes, foreign(text));
}

function place(spot, cells) {
  return typeof spot === "number" ? cells[spot].figure : make("p", "absent", { dir: "auto" }, spot);
}

function table(sheet, board, cells) {
  const corner = make("td", "corner", {}, make("span", "", {}, foreign(board.column_axis), " →"), make("span", "", {}, foreign(board.row_axis), " ↓"));
  const columns = sheet.columns.map((value) => head(value, { scope: "col" }));
  const rows = sheet.rows.map(([value, spots]) => make("tr", "", {}, head(value, { scope: "row" }),
    ...spots.map((spot) => make("td", "", {}, place(spot, cells)))));
  const [side, least, most] = sheet.widths_px;
  const number = sheet.columns.length;
  const made = make("table", "", { style: `--head:${side}px;min-width:${side + number * least}px;max-width:${side + number * most}px` },
    make("thead", "", {}, make("tr", "", {}, corner, ...columns)), make("tbody", "", {}, ...rows));
  return make("div", "scroll", { tabindex: "0", role: "region", "aria-label": `Clips ${sheet.heading}`.trim() }, made);
}

function wrapped({ rows: [[, spots]] }, cells) {
  return make("div", "wrapped", { style: `--cells:${spots.length}` }, ...spots.map((spot) => place(spot, cells)));
}

function drawSheet(sheet, board, cells) {
  const inner = board.row_axis === null ? wrapped(sheet, cells) : table(sheet, board, cells);
  const section = make("section", "hailuo-sheet", {}, inner);
  if (sheet.heading) section.prepend(make("h4", "hailuo-heading", { dir: "auto" }, sheet.heading));
  return section;
}

function folded([shown, rest]) {
  if (!rest) return make("p", "prompt", { dir: "auto" }, shown);
  return make("details", "prompt", { dir: "auto" }, make("summary", "", {}, `${shown}…`), rest);
}

function listed(board) {
  const left = board.left_out.map(([what, why]) => make("li", "", {}, "Left out: ", foreign(what), ": ", foreign(why)));
  const notes = board.notes.map((note) => make("li", "", { dir: "auto" }, note));
  return make("ul", "notes quiet", {}, ...left, ...notes);
}

function skeleton(board, size) {
  const cells = Array.from({ length: size }, () => makeCell(board.box_px));
  const progress = make("span", "", { "aria-hidden": "true" });
  const spoken = make("span", "spoken", { role: "status", "aria-live": "polite" });
  const badge = make("strong", "badge", { title: "Made by the built-in simulator, free of charge" }, "SIMULATED");
  const root = make("section", "hailuo-live-grid hailuo-grid hailuo-compare", { "data-lm-suppress-shortcuts": "true", "aria-label": "Experiment" },
    make("p", "plan", {}, make("strong", "", { dir: "auto" }, board.plan), ...(board.simulated ? [" ", badge] : [])),
    make("p", "count", {}, progress, spoken));
  if (board.prompt) root.append(folded(board.prompt));
  if (board.shared.length) root.append(quiet("All: ", ...dotted(board.shared)));
  root.append(make("div", "hailuo-bar"),
    make("div", "hailuo-clips", {}, ...board.sheets.map((sheet) => drawSheet(sheet, board, cells))));
  if (board.notes.length + board.left_out.length) root.append(listed(board));
  for (const { figure } of cells) figure.tabIndex = -1;
  return { root, cells, progress, spoken };
}

// A screen reader hears how far it is, but not of each of many that end together.
function teller(spoken) {
  let [waiting, words] = [0, ""];
  const tell = () => { spoken.textContent = words; };
  return {
    hear(newest) {
      if (newest === words) return;
      words = newest;
      if (waiting) return;
      tell();
      waiting = setTimeout(() => { waiting = 0; tell(); }, TOLD_MS);
    },
    end: () => clearTimeout(waiting),
  };
}

function render({ model, el }) {
  const board = model.get("board");
  const size = board.sheets.flatMap(({ rows }) => rows.flatMap(([, spots]) => spots)).filter((spot) => typeof spot === "number").length;
  const { root, cells, progress, spoken } = skeleton(board, size);
  const [end, voice, heard] = [new AbortController(), teller(spoken), []];
  let leave = null;
  const hear = (name, does) => {
    heard.push([`change:${name}`, does]);
    model.on(`change:${name}`, does);
  };
  const posterOf = (index) => {
    const poster = model.get(`poster_${index}`);
    return poster.startsWith("#") ? model.get("posters")[poster.slice(1)] : poster;
  };
  const seenAs = locator(model);
  const picture = (index, isNew = false) => {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    drawPicture(cell, { ...state, src: seenAs(state.src, () => picture(index, isNew)) }, posterOf(index));
    if (!cell.video) return;
    leave ??= enhance(root);
    if (isNew) preview(root, cell);
  };
  const draw = (index) => {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    const isNew = cell.state !== null && state.src && !cell.video;
    drawCell(cell, state);
    picture(index, isNew);
    tick(cell);
  };
  const tell = () => { say(progress, model.get("progress")); voice.hear(model.get("progress")); };
  tabbed(root);
  el.append(root);
  cells.forEach((cell, index) => {
    draw(index);
    hear(`cell_${index}`, () => draw(index));
    hear(`poster_${index}`, () => picture(index));
    for (const kind of ["stop", "retry"]) {
      cell[kind].addEventListener("click", () => press(cell, kind, index, model), { signal: end.signal });
    }
  });
  hear("progress", tell);
  tell();
  const timer = setInterval(() => cells.forEach(tick), 1000);
  return () => {
    leave?.();
    clearInterval(timer);
    voice.end();
    for (const [name, does] of heard) model.off(name, does);
    end.abort();
    root.remove();
  };
}

return { render };
})();
