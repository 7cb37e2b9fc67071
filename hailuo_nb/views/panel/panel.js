// The panel: one model, any number of places on the page that show it.
// It knows where the parts stand; what they do is their affair.
import { claim, hit, isChord, make } from "../dom.js";
import { composer } from "./composer.js";
import { gallery } from "./gallery.js";
import { makeWire } from "./wire.js";

const IDLE_MS = 500; // what came to its end is looked at this long before the picture is drawn anew

// ---- one place on the page

function mount(model, place) {
  const end = new AbortController();
  const told = make("div", "told", { role: "status", "aria-live": "polite", hidden: true });
  const wire = makeWire(model, told, end.signal);
  const compose = composer(wire, (answer) => shelf.show(answer));
  const shelf = gallery(wire, () => compose.focus());
  const root = make(
    "section",
    "hailuo-panel",
    { "aria-label": "Video panel", "data-lm-suppress-shortcuts": "true" },
    make("div", "layout", {}, compose.root, make("div", "shelf", {}, told, shelf.root)),
  );
  root.addEventListener(
    "keydown",
    (event) => {
      const isTyping = hit(event, "input:not([type='checkbox']),textarea,select,[contenteditable]");
      if (event.key === "/" && !isTyping && !isChord(event)) {
        claim(event);
        shelf.focusFilter();
      }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        claim(event);
        if (!event.repeat) compose.generate();
      } else if (isTyping && !event.altKey && (event.key === "Enter" || event.key === "Shift")) {
        event.stopPropagation(); // who lets JupyterLab hear it gets no new line from it
      }
    },
    { signal: end.signal },
  );
  // The saved picture is drawn anew only while nobody looks after the panel: it is put below it.
  const isLeft = () =>
    !root.contains(document.activeElement) && [...root.querySelectorAll("video")].every(({ paused }) => paused);
  const leaving = () => {
    if (isLeft()) wire.send({ kind: "left" });
  };
  root.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (relatedTarget && root.contains(/** @type {Node} */ (relatedTarget))) return;
      wire.flush();
      setTimeout(leaving);
    },
    { signal: end.signal },
  );
  wire.hear("rows", ({ rows }) => {
    if (rows.some(({ final }) => final)) setTimeout(leaving, IDLE_MS);
  });
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

// The saved output is plain markup, a light picture; the model finds its places in the page
// and comes alive there. What the notebook draws anew gets the same panel back.
function initialize({ model }) {
  const places = document.getElementsByClassName(model.get("place"));
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

function render({ model, el }) {
  const { leave } = mount(model, el);
  return leave;
}

export default { initialize, render };
