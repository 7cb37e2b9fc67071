// The teacher's page: it draws what the gateway's events tell, and posts what is changed.
// All words of students arrive as text, never as markup.

const csrf = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=csrf]")).content;
const SVG = "http://www.w3.org/2000/svg";
const DAY_PX = 34; // of a day's name below the plot
let whose = "";
/** @type {any} */
let told = null;

/** @param {string} selector @returns {any} */
const one = (selector) => document.querySelector(selector);

/** @param {string} name @param {Record<string, any>} [given] @param {...(Node | string)} inside */
function make(name, given = {}, ...inside) {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
}

/** @param {number | null} credits */
const amount = (credits) => (credits === null ? "–" : String(Math.round(credits * 100) / 100));

/** @param {number} seconds */
function waiting(seconds) {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** @param {number} moment */
const clock = (moment) => new Date(moment * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** @param {Record<string, unknown>} what */
async function change(what) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
  const said = await fetch("change", { method: "POST", headers, body: JSON.stringify(what) })
    .then((reply) => reply.json())
    .catch(() => ({ code: 0, msg: "The gateway gave no answer." }));
  one("#said").hidden = said.code === 200;
  one("#said").textContent = said.code === 200 ? "" : said.msg;
  return said.code === 200;
}

/** @param {HTMLInputElement} field @param {Record<string, unknown>} what */
function edits(field, what) {
  field.addEventListener("change", async () => {
    const text = field.value.trim();
    if (!(await change({ ...what, credits: text === "" ? null : Number(text) }))) field.value = field.defaultValue;
    else field.defaultValue = field.value;
    field.blur();
  });
}

/** @param {HTMLInputElement} field @param {string} text */
function show(field, text) {
  if (document.activeElement === field) return;
  field.value = text;
  field.defaultValue = text;
}

function tiles() {
  const { queue, money } = told;
  const facts = [
    ["waiting", queue.queued, queue.queued && queue.wait !== null ? `the last one about ${waiting(queue.wait)}` : ""],
    ["at the service", `${queue.under_way}`, "of 100"],
    ["sent in 11 s", `${queue.recent}`, "of 20"],
    ["done today", queue.done_today, ""],
    ["spent", amount(money.spent), money.budget === null ? "credits" : `of ${amount(money.budget)}`],
    ["held", amount(money.held), "credits"],
  ];
  const boxes = facts.map(([name, value, more]) =>
    make(
      "div",
      {},
      make("dt", { textContent: name }),
      make("dd", {}, `${value} `, make("small", { textContent: more })),
    ),
  );
  one("#tiles").replaceChildren(...boxes);
}

/** What a clip was asked for with, where the class is told that it is shown. @param {any} row */
const asked = ({ prompt }) => (prompt === null ? "" : make("q", { textContent: prompt, dir: "auto" }));

/** @param {any} row */
function settling(row) {
  const cells = [row.student, row.model, clock(row.sent)].map((text) => make("td", { textContent: text }));
  cells[2].append(asked(row));
  const id = make("input", { placeholder: "id at the service", ariaLabel: "id at the service" });
  const buttons = [
    make("button", { textContent: "never made", onclick: () => change({ what: "settle", task: row.id, as: "never" }) }),
    make("button", { textContent: "billed", onclick: () => change({ what: "settle", task: row.id, as: "billed" }) }),
    make("button", {
      textContent: "made as",
      onclick: () => change({ what: "settle", task: row.id, as: "made", upstream: /** @type {any} */ (id).value }),
    }),
  ];
  return make(
    "tr",
    {},
    ...cells,
    make("td", { className: "n", textContent: amount(row.price) }),
    make("td", {}, ...buttons, id),
  );
}

function unsure() {
  one("#unsure").hidden = told.unsure.length === 0;
  if (!one("#unsure").contains(document.activeElement))
    one("#unsure tbody").replaceChildren(...told.unsure.map(settling));
}

/** @type {Map<string, any>} */
const rows = new Map();

/** @param {any} person */
function drawn(person) {
  const name = make("button", { className: "name", type: "button", textContent: person.name, title: person.name });
  const budget = make("input", { inputMode: "decimal", ariaLabel: `budget of ${person.name}` });
  const rest = Array.from({ length: 7 }, () => make("td", { className: "n" }));
  name.addEventListener("click", () => {
    whose = whose === person.name ? "" : person.name;
    draw();
  });
  edits(/** @type {HTMLInputElement} */ (budget), { what: "budget", student: person.name });
  return {
    row: make("tr", {}, make("td", {}, name), make("td", { className: "n" }, budget), ...rest),
    name,
    budget,
    rest,
  };
}

function students() {
  for (const person of told.students) {
    if (!rows.has(person.name)) rows.set(person.name, drawn(person));
    const { row, name, budget, rest } = rows.get(person.name);
    name.setAttribute("aria-pressed", String(whose === person.name));
    show(budget, amount(person.budget));
    const { spent, held, left, waiting: queued, running, done, failed } = person;
    const texts = [amount(spent), amount(held), amount(left), queued, running, done, failed];
    for (const [at, text] of texts.entries()) rest[at].textContent = text;
    if (!row.isConnected) one("#students tbody").append(row);
  }
  const more = told.people - told.students.length;
  one("#more").hidden = more <= 0;
  one("#more").textContent = `and ${more} more, who have asked for less; the CSV has all.`;
  show(one("#class-budget"), told.money.budget === null ? "" : amount(told.money.budget));
  show(one("#student-budget"), amount(told.money.student_budget));
}

/** @param {string} name @param {Record<string, any>} given @param {string} [text] */
function shape(name, given, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

function plot() {
  const days = told.days;
  one("#whose").textContent = whose || "The whole class";
  const most = Math.max(1, ...days.map((/** @type {any} */ day) => day.credits));
  const wide = one("#plot").clientWidth;
  const [high, step] = [150, wide / days.length];
  const every = Math.ceil(46 / step);
  const svg = shape("svg", { viewBox: `0 0 ${wide} ${high + 20}`, role: "img", "aria-label": "Credits spent a day" });
  svg.append(shape("line", { x1: 0, x2: wide, y1: high, y2: high }));
  for (const [at, day] of days.entries()) {
    for (const [kind, credits] of [
      ["total", day.credits],
      ["mine", whose ? (day.students[whose] ?? 0) : 0],
    ]) {
      const tall = (credits / most) * (high - 18);
      const bar = shape("rect", {
        class: kind,
        x: at * step + 4,
        width: step - 8,
        y: high - tall,
        height: tall,
        rx: 2,
      });
      bar.append(shape("title", {}, `${day.day}: ${amount(credits)} credits`));
      svg.append(bar);
    }
    const middle = { x: Math.min(at * step + step / 2, wide - DAY_PX / 2), "text-anchor": "middle" };
    if ((days.length - 1 - at) % every === 0) svg.append(shape("text", { ...middle, y: high + 14 }, day.day.slice(5)));
    if (day.credits && every === 1)
      svg.append(shape("text", { ...middle, y: high - (day.credits / most) * (high - 18) - 4 }, amount(day.credits)));
  }
  one("#plot").replaceChildren(svg);
}

function models() {
  const list = one("#models");
  if (list.contains(document.activeElement)) return;
  const all = told.models.map((/** @type {any} */ model) => {
    const box = make("input", { type: "checkbox", checked: model.allowed, value: model.id });
    box.addEventListener("change", () => {
      const chosen = [...list.querySelectorAll("input:checked")].map((each) => each.value);
      change({ what: "models", models: chosen });
      box.blur();
    });
    return make("li", {}, make("label", {}, box, ` ${model.short}`));
  });
  list.replaceChildren(...all);
}

function failures() {
  const lines = told.failures.map((/** @type {any} */ each) =>
    make(
      "li",
      {},
      make("time", { textContent: clock(each.ended) }),
      make("b", { textContent: each.student }),
      each.why,
      asked(each),
    ),
  );
  one("#failures").replaceChildren(...(lines.length ? lines : [make("li", { textContent: "None." })]));
}

function draw() {
  const { paused, trouble } = told.queue;
  one("#now").textContent = paused ? "Paused: nothing is sent." : trouble ? `Waiting: ${trouble}` : "Live.";
  one("#pause").hidden = false;
  one("#pause").textContent = paused ? "Send again" : "Pause sending";
  for (const part of [tiles, unsure, students, plot, models, failures]) part();
}

one("#pause").addEventListener("click", () => change({ what: "pause", paused: !told.queue.paused }));
one("#leave").addEventListener("click", async () => {
  if (await change({ what: "leave" })) location.reload();
});
edits(one("#class-budget"), { what: "class budget" });
edits(one("#student-budget"), { what: "student budget" });

const events = new EventSource("events");
events.addEventListener("message", (event) => {
  told = JSON.parse(event.data);
  draw();
});
events.addEventListener("error", () => {
  one("#now").textContent = "The gateway does not answer; trying again…";
  if (events.readyState === EventSource.CLOSED) location.reload();
});
