// The panel: one model, any number of places on the page that show it.
// It knows where the parts stand; what they do is their affair.
import { claim, hit, isChord, make } from "../dom.js";
import { Composer } from "./composer.js";
import { Gallery } from "./gallery.js";
import { Wire } from "./wire.js";

const IDLE_MS = 500; // what came to its end is looked at this long before the picture is drawn anew

/** @typedef {{ root: HTMLElement, leave: () => void }} View in one place on the page */

/** @param {KeyboardEvent} event @param {Composer} composer @param {Gallery} gallery */
function pressKey(event, composer, gallery) {
  const isTyping = hit(event, "input:not([type='checkbox']),textarea,select,[contenteditable]");
  if (event.key === "/" && !isTyping && !isChord(event)) {
    claim(event);
    gallery.focusFilter();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    claim(event);
    if (!event.repeat) composer.generate();
  } else if (isTyping && !event.altKey && (event.key === "Enter" || event.key === "Shift")) {
    event.stopPropagation(); // who lets JupyterLab hear it gets no new line from it
  }
}

/**
 * The saved picture is drawn anew only while nobody looks after the panel: it is put below it.
 * @param {HTMLElement} root
 * @param {Wire} wire
 */
function tellOfLeaving(root, wire) {
  const leaving = () => {
    const isLeft = !root.contains(document.activeElement);
    const isStill = [...root.querySelectorAll("video")].every(({ paused }) => paused);
    if (isLeft && isStill) wire.send({ kind: "left" });
  };
  const out = (/** @type {FocusEvent} */ { relatedTarget }) => {
    if (relatedTarget && root.contains(/** @type {Node} */ (relatedTarget))) return;
    wire.flush();
    setTimeout(leaving);
  };
  root.addEventListener("focusout", out, { signal: wire.signal });
  wire.hear("rows", ({ rows }) => {
    if (rows.some((/** @type {{ final: boolean }} */ { final }) => final)) setTimeout(leaving, IDLE_MS);
  });
}

/** @param {any} model @param {HTMLElement} place @returns {View} */
function mount(model, place) {
  const end = new AbortController();
  const told = make("div", "told", { role: "status", "aria-live": "polite", hidden: true });
  const wire = new Wire(model, told, end.signal);
  const composer = new Composer(wire, (answer) => gallery.show(answer));
  const gallery = new Gallery(wire, () => composer.focus());
  const shelf = make("div", "shelf", {}, told, gallery.root);
  const root = make(
    "section",
    "hailuo-panel",
    { "aria-label": "Video panel", "data-lm-suppress-shortcuts": "true" },
    make("div", "layout", {}, composer.root, gallery.comparison, shelf),
  );
  root.addEventListener("keydown", (event) => pressKey(event, composer, gallery), { signal: end.signal });
  tellOfLeaving(root, wire);
  wire.hear("told", ({ words, level }) => wire.tell(words, level));
  const picture = [...place.childNodes];
  place.replaceChildren(root);
  return {
    root,
    leave() {
      end.abort();
      if (root.isConnected) root.replaceWith(...picture);
    },
  };
}

/**
 * The saved output is plain markup, a light picture; the model finds its places in the page
 * and comes alive there. What the notebook draws anew gets the same panel back.
 * @param {{ model: any }} widget
 */
function initialize({ model }) {
  const places = /** @type {HTMLCollectionOf<HTMLElement>} */ (document.getElementsByClassName(model.get("place")));
  /** @type {View[]} */
  const views = [];
  const look = () => {
    for (const place of [...places]) {
      if (views.some(({ root }) => root.parentElement === place)) continue;
      const free = views.find(({ root }) => !root.isConnected);
      if (free) place.replaceChildren(free.root);
      else views.push(mount(model, place));
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    observer.disconnect();
    for (const { leave } of views) leave();
  };
}

/** @param {{ model: any, el: HTMLElement }} view */
function render({ model, el }) {
  const { leave } = mount(model, el);
  return leave;
}

export default { initialize, render };
