// What stands below a live view, unseen while that beats. Once the view's kernel has gone, or the page
// was loaded anew without it, it asks the server what became of the tasks and shows them in the view's
// place. One of these asks for all on the page. Of a task it knows ids and what the server says.

/**
 * @typedef {object} Box
 * @property {string[]} ids
 * @property {number} since when it was first seen without a live view, in ms; 0 while that beats
 * @property {string} marks of what was drawn
 * @property {boolean} asked whether it was asked for since then
 * @property {boolean} over whether nothing goes on any more
 */
/** @typedef {{ mark: string, final: boolean }} Told */

const EVERY_MS = 1000;
const GRACE_MS = 900; // a page that opens needs a moment for its live views
const LOST_MS = 3500; // until it is said that nobody answers
const [SLOWEST, DOWN] = [60, 4]; // looks to the next question, where the server knows us not, or fails
const MOST = 100;
const NOBODY = "Its kernel does not answer. Run this cell again to see it, free.";
const STARTED = "It is looked after now.";
const BEGUN = "hailuo-begun"; // what a live view lets the page know
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
  if (answer.status >= 500) throw new Error(answer.statusText);
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
  let [wait, pause, isAsking, lookedMs] = [1, 0, false, 0];

  /** @param {[HTMLElement, Box][]} due */
  async function answer(due) {
    const ids = [...new Set(due.flatMap(([, { ids: own }]) => own))];
    /** @type {Record<string, Told>} */
    const told = {};
    for (let at = 0; at < ids.length; at += MOST)
      Object.assign(told, (await ask("tasks", { ids: ids.slice(at, at + MOST) }))?.tasks);
    for (const [box, one] of due) {
      const known = one.ids.map((id) => told[id]);
      if (!known.every(Boolean) || !one.since) continue;
      const marks = known.map(({ mark }) => mark).join();
      const { study, labels = "[]" } = box.dataset;
      const asked = { ids: one.ids, study, labels: JSON.parse(labels) };
      const view = marks !== one.marks && (await ask("views", asked));
      if (!view || !one.since) continue;
      draw(box, view.note, view.html, ...(view.offer ? [offered(view.offer, one.ids)] : []));
      takePlace(box, true);
      one.marks = marks;
      one.over = known.every(({ final }) => final);
    }
    return Object.keys(told).length > 0;
  }

  /** Whether its view beats, which leaves nothing beside it. @param {HTMLElement} box @param {Box} one */
  function isWell(box, one) {
    const view = viewOf(box);
    if (!view || view.hasAttribute("data-gone")) return false;
    if (one.since) {
      takePlace(box, false);
      box.replaceChildren();
      Object.assign(one, { since: 0, marks: "", asked: false, over: false });
    }
    return true;
  }

  async function look() {
    const now = Date.now();
    if (now - lookedMs > 3 * EVERY_MS) soon(); // it slept
    lookedMs = now;
    /** @type {[HTMLElement, Box][]} */
    const due = [];
    for (const [box, one] of boxes) {
      if (!box.isConnected || isWell(box, one)) continue;
      one.since ||= now;
      if (now - one.since < GRACE_MS) continue;
      if (now - one.since > LOST_MS && !one.marks && !viewOf(box)) draw(box, NOBODY);
      if (box.firstChild) takePlace(box, true);
      if (one.over || !isSeen(box)) continue;
      if (!one.asked) pause = 0;
      due.push([box, one]);
    }
    pause -= 1;
    if (!due.length || pause > 0 || isAsking) return;
    isAsking = true;
    for (const [, one] of due) one.asked = true;
    const told = await answer(due).catch(() => null);
    isAsking = false;
    wait = told ? 2 : Math.min(2 * wait, told === null ? DOWN : SLOWEST);
    pause = wait;
  }
  const soon = () => {
    pause = 0;
  };
  for (const again of ["online", "visibilitychange"]) addEventListener(again, soon);
  setInterval(look, EVERY_MS);
  addEventListener(BEGUN, () => {
    for (const [box, one] of boxes) isWell(box, one);
  });
  return (/** @type {HTMLElement} */ box) => {
    const ids = (box.dataset.ids ?? "").split(" ");
    const one = { ids, since: Date.now(), marks: "", asked: false, over: false };
    boxes.set(box, one);
    rowOf(box).style.display = "none";
  };
}

const place = /** @type {{ hailuoHealing?: ReturnType<typeof begin> }} */ (globalThis);
place.hailuoHealing ??= begin();
for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".hailuo-heal:not([data-on])"))) {
  box.dataset.on = "";
  place.hailuoHealing(box);
}
