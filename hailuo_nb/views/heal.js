// What stands below a live view, unseen while that beats. Once the view's kernel has gone, or the page
// was loaded anew without it, it asks the server what became of the tasks and shows them in the view's
// place. One of these asks for all on the page. Of a task it knows ids and what the server says.

/**
 * @typedef {object} Box
 * @property {string[]} ids
 * @property {number} age looks without a live view
 * @property {string} marks of what was drawn
 * @property {boolean} over whether nothing goes on any more
 */
/** @typedef {{ mark: string, final: boolean }} Told */

const EVERY_MS = 1000;
const GRACE = 2; // looks: a page that opens needs a moment for its live views
const LOST = 4; // looks until it is said that nobody answers
const SLOWEST = 60; // looks from one question to the next, where the server fails
const MOST = 100;
const NOBODY = "Its kernel does not answer. Run this cell again to see it, free.";
const STARTED = "It is looked after now.";
const MODEL = ".jp-OutputArea-output:not([data-mime-type])"; // a widget, or an error in its place

const settings = () => {
  try {
    return JSON.parse(document.querySelector("#jupyter-config-data")?.textContent ?? "");
  } catch {
    return {};
  }
};

/** @param {string} where @param {object} body */
async function ask(where, body) {
  const { baseUrl, token } = settings();
  if (!baseUrl) return null;
  const xsrf = /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1];
  const answer = await fetch(`${baseUrl}hailuo/${where}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(xsrf && { "X-XSRFToken": xsrf }),
      ...(token && { Authorization: `token ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return answer.ok ? answer.json() : null;
}

/** The output of the notebook in which it stands. @param {HTMLElement} box */
const rowOf = (box) => /** @type {HTMLElement} */ (box.closest(".jp-OutputArea-child") ?? box.parentElement);

/** @param {HTMLElement} box @param {boolean} on whether it stands in its view's place */
function takePlace(box, on) {
  const row = rowOf(box);
  row.style.display = on ? "" : "none";
  const before = row.previousElementSibling;
  const view = before?.querySelector(MODEL) ? before : viewOf(box);
  if (view instanceof HTMLElement) view.style.display = on ? "none" : "";
}

/** @param {HTMLElement} box @returns {HTMLElement | null} */
const viewOf = ({ dataset }) => document.querySelector(`[data-live="${dataset.of}"]`);

/** @param {HTMLElement} box */
function isSeen(box) {
  const { top, bottom } = /** @type {HTMLElement} */ (rowOf(box).parentElement).getBoundingClientRect();
  return !document.hidden && (top || bottom) && bottom > -innerHeight && top < 2 * innerHeight;
}

/** What has somebody look after the tasks, and says in its place what came of it. @param {string} offer @param {string[]} ids */
function offered(offer, ids) {
  const button = document.createElement("button");
  button.textContent = offer;
  button.style.cssText = "padding:0 8px;border:1px solid;border-radius:4px;background:none;color:inherit;font:inherit";
  button.onclick = async () => {
    button.disabled = true;
    const told = await ask("watch", { ids }).catch(() => null);
    button.replaceWith(told ? told.note || STARTED : "The server does not answer.");
  };
  return button;
}

/** @param {HTMLElement} box @param {string} words @param {string} [html] @param {Node[]} more */
function draw(box, words, html = "", ...more) {
  const range = document.createRange();
  range.selectNode(box);
  const note = document.createElement("p");
  note.style.cssText = "margin:4px 0;padding-left:10px;border-left:3px solid #d97706;font-size:13px";
  note.append(`${words} `, ...more);
  // A fragment that is made so runs its scripts: those of the players, as they are saved.
  box.replaceChildren(...(words ? [note] : []), range.createContextualFragment(html));
}

function begin() {
  /** @type {Map<HTMLElement, Box>} */
  const boxes = new Map();
  let [wait, pause, isAsking] = [1, 0, false];

  /** @param {[HTMLElement, Box][]} due */
  async function answer(due) {
    const ids = [...new Set(due.flatMap(([, { ids: own }]) => own))];
    /** @type {Record<string, Told>} */
    const told = {};
    for (let at = 0; at < ids.length; at += MOST)
      Object.assign(told, (await ask("tasks", { ids: ids.slice(at, at + MOST) }))?.tasks);
    for (const [box, one] of due) {
      const known = one.ids.map((id) => told[id]);
      if (!known.every(Boolean) || one.age < 0) continue;
      const marks = known.map(({ mark }) => mark).join();
      const { study, labels = "[]" } = box.dataset;
      const asked = { ids: one.ids, study, labels: JSON.parse(labels) };
      const view = marks !== one.marks && (await ask("views", asked));
      if (!view || one.age < 0) continue;
      draw(box, view.note, view.html, ...(view.offer ? [offered(view.offer, one.ids)] : []));
      one.marks = marks;
      one.over = known.every(({ final }) => final);
    }
    return Object.keys(told).length > 0;
  }

  async function look() {
    /** @type {[HTMLElement, Box][]} */
    const due = [];
    for (const [box, one] of boxes) {
      if (!box.isConnected) continue;
      const view = viewOf(box);
      if (view && !view.hasAttribute("data-gone")) {
        if (one.age >= 0) {
          takePlace(box, false);
          box.replaceChildren(); // what was drawn in haste would play beside the view
          one.marks = "";
        }
        one.age = -1;
        continue;
      }
      one.age = Math.max(one.age, 0) + 1;
      if (one.age > LOST && !one.marks && !view) draw(box, NOBODY);
      if (one.age >= GRACE && box.firstChild) takePlace(box, true);
      if (!one.over && isSeen(box)) due.push([box, one]);
    }
    pause -= 1;
    if (!due.length || pause > 0 || isAsking) return;
    isAsking = true;
    const isWell = await answer(due).catch(() => false);
    isAsking = false;
    wait = isWell ? 2 : Math.min(2 * wait, SLOWEST);
    pause = wait;
  }
  setInterval(look, EVERY_MS);
  return (/** @type {HTMLElement} */ box) => {
    boxes.set(box, { ids: (box.dataset.ids ?? "").split(" "), age: 0, marks: "", over: false });
    rowOf(box).style.display = "none";
    look();
  };
}

const place = /** @type {{ hailuoHealing?: ReturnType<typeof begin> }} */ (globalThis);
place.hailuoHealing ??= begin();
for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".hailuo-heal:not([data-on])"))) {
  box.dataset.on = "";
  place.hailuoHealing(box);
}
