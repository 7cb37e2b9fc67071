// Tells a person who has gone elsewhere that the last clip of a view is done: a notice of the browser's
// and a mark in the tab's title, which goes when the page is looked at. Off until it is asked for, and
// kept in this browser. It knows no model.
import { make, say } from "./dom.js";

const KEY = "hailuo-notices";
const TOLD = "hailuo-notices-told"; // to all views of the page
const MARK = "✓ ";
const TITLE_ONLY = "The tab's title is marked when the last clip is done.";
const CSS = `.hailuo-notice button{font:inherit;font-size:12px;color:inherit;height:28px;margin:6px 8px 0 0;padding:0 10px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.hailuo-notice button[aria-pressed=true]{font-weight:600;box-shadow:inset 0 -3px #3b82f6}
@media print{.hailuo-notice{display:none}}`;

/** A page that is framed by another may have no storage. */
const isOn = () => {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
};
const keep = (/** @type {boolean} */ on) => {
  try {
    if (on) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // it is off again on the next page
  }
};
const isSeen = () => document.visibilityState === "visible" && document.hasFocus();

/** Ask the browser once; returns what it refuses, in words. */
async function refused() {
  if (!("Notification" in window)) return `This browser has no notices. ${TITLE_ONLY}`;
  const answer = await Notification.requestPermission().catch(() => "denied");
  if (answer === "granted") return "";
  return `The browser refuses notices from this page; its settings for the site can allow them. ${TITLE_ONLY}`;
}

/** The mark outlives the view, which what is saved takes the place of, and each title that the host sets. */
function mark() {
  const end = new AbortController();
  const isMarked = () => document.title.startsWith(MARK);
  const hold = () => {
    if (!isMarked()) document.title = MARK + document.title;
  };
  const held = new MutationObserver(hold);
  const look = () => {
    if (!isSeen()) return;
    held.disconnect();
    if (isMarked()) document.title = document.title.slice(MARK.length);
    end.abort();
  };
  hold();
  held.observe(document.head, { childList: true, subtree: true, characterData: true });
  window.addEventListener("focus", look, { signal: end.signal });
  document.addEventListener("visibilitychange", look, { signal: end.signal });
}

/** @param {string} words */
function tell(words) {
  mark();
  try {
    const notice = new Notification("hailuo_nb", { body: words, tag: words });
    notice.onclick = () => window.focus();
  } catch {
    // it was refused: the title tells
  }
}

/**
 * Offer it in a view; returns what hears of the view's states after each change.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function noticed(root, signal) {
  let [on, wasMoving] = [isOn(), false];
  const button = make("button", "", { type: "button", "aria-pressed": String(on) }, "Tell me when done");
  const words = make("span", "quiet", { role: "status", hidden: true });
  const box = make("p", "hailuo-notice", { hidden: true }, make("style", "", {}, CSS), button, words);
  button.title = "A notice of the browser and a mark in the tab's title, once the last clip is done";
  (root.querySelector(".column.text") ?? root).append(box); // a card's words stand in a column
  button.addEventListener(
    "click",
    async () => {
      keep(!on);
      window.dispatchEvent(new CustomEvent(TOLD, { detail: !on }));
      say(words, on ? await refused() : "");
    },
    { signal },
  );
  window.addEventListener(
    TOLD,
    (event) => {
      on = /** @type {CustomEvent<boolean>} */ (event).detail;
      button.ariaPressed = String(on);
      if (!on) say(words, "");
    },
    { signal },
  );

  /** @param {{ state: string, final: boolean, label: string }[]} states */
  return (states) => {
    const isMoving = states.some(({ final }) => !final);
    const ended = wasMoving && !isMoving;
    wasMoving = isMoving;
    box.hidden = !isMoving;
    if (!ended || !(on && isOn()) || isSeen()) return;
    const done = states.filter(({ state }) => state === "done").length;
    tell(states.length > 1 ? `${done} of ${states.length} clips are done.` : `${states[0].label}: ${states[0].state}`);
  };
}
