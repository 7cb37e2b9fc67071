// The panel: one model, any number of places on the page that show it.
// It knows how the two sides speak and where the parts stand; what they do is their affair.
import { make, say } from "../dom.js";
import { composer } from "./composer.js";
import { gallery } from "./gallery.js";

const IDLE_MS = 500; // typing rests this long before it is told
const SLOW_MS = 3000; // an answer that takes longer says why
const BUSY = "The kernel is busy with a cell; it goes on when that ends.";
const GONE = "The kernel was restarted or has ended: run %hailuo again. Nothing was sent.";

// ---- the wire

let asked = 0;

function makeWire(model, told, signal) {
  const waiting = new Map();
  const heard = new Map();
  const later = new Map();
  const on = (event, does) => {
    model.on(event, does);
    signal.addEventListener("abort", () => model.off(event, does));
  };
  const [line, way] = [make("span", "", { dir: "auto" }), make("button", "small", { type: "button", hidden: true })];
  let follow = () => {};
  told.append(line, way);
  way.addEventListener("click", () => follow(), { signal });
  // `remedy`: the words of a button that stands behind the line, and what it does.
  const tell = (words, level = "", remedy = null) => {
    told.dataset.level = level;
    follow = remedy?.does ?? (() => {});
    say(way, remedy?.words);
    say(line, words);
    told.hidden = line.hidden;
  };
  // Without its kernel a model throws at whatever it should pass on.
  const isPassedOn = (does) => {
    try {
      does();
      return true;
    } catch {
      tell(GONE, "error");
      return false;
    }
  };
  const set = (name, value) => {
    clearTimeout(later.get(name)?.timer); // else it would bring back what this replaces
    later.delete(name);
    model.set(name, value);
    isPassedOn(() => model.save_changes());
  };
  const flush = () => {
    for (const [name, { timer, value }] of [...later]) {
      clearTimeout(timer);
      set(name, value);
    }
  };
  on("msg:custom", (message, buffers = []) => {
    const { answer, refused, ...rest } = message;
    const ask = waiting.get(answer);
    if (ask) {
      waiting.delete(answer);
      clearTimeout(ask.timer);
      if (line.textContent === BUSY) tell("");
      if (refused === undefined) ask.done({ ...rest, buffers });
      else ask.fail(new Error(refused));
    }
    for (const does of heard.get(message.kind) ?? []) does(message, buffers);
  });
  signal.addEventListener("abort", flush, { once: true });
  return {
    signal, tell, set, flush,
    get: (name) => model.get(name),
    on: (name, does) => on(`change:${name}`, does),
    later(name, value) {
      clearTimeout(later.get(name)?.timer);
      later.set(name, { value, timer: setTimeout(() => set(name, value), IDLE_MS) });
    },
    hear: (kind, does) => heard.set(kind, [...(heard.get(kind) ?? []), does]),
    send: (message) => isPassedOn(() => model.send(message)),
    ask(message, buffers = []) {
      asked += 1;
      const ask = `${performance.timeOrigin}-${asked}`;
      return new Promise((done, fail) => {
        if (!isPassedOn(() => model.send({ ...message, ask }, undefined, buffers))) return fail(new Error(GONE));
        waiting.set(ask, { done, fail, timer: setTimeout(() => tell(BUSY), SLOW_MS) });
      });
    },
    async resolve(address) {
      if (/^(data|blob|https?|kernel):/.test(address)) return address;
      return (await model.widget_manager?.resolveUrl?.(address)) ?? address;
    },
  };
}

// ---- one place on the page

function mount(model, place) {
  const end = new AbortController();
  const told = make("div", "told", { role: "status", "aria-live": "polite", hidden: true });
  const wire = makeWire(model, told, end.signal);
  const compose = composer(wire, (answer) => shelf.show(answer));
  const shelf = gallery(wire, () => compose.focus());
  const root = make("section", "hailuo-panel", { "aria-label": "Video panel", "data-lm-suppress-shortcuts": "true" },
    make("div", "layout", {}, compose.root, make("div", "shelf", {}, told, shelf.root)));
  root.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type='checkbox']),textarea,select,[contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      shelf.focusFilter();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) compose.generate();
    } else if (isTyping && !event.altKey && (event.key === "Enter" || event.key === "Shift")) {
      event.stopPropagation(); // who lets JupyterLab hear it gets no new line from it
    }
  }, { signal: end.signal });
  // The saved picture is drawn anew only while nobody looks after the panel: it is put below it.
  const isLeft = () => !root.contains(document.activeElement) && [...root.querySelectorAll("video")].every(({ paused }) => paused);
  const leaving = () => { if (isLeft()) wire.send({ kind: "left" }); };
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && root.contains(relatedTarget)) return;
    wire.flush();
    setTimeout(leaving);
  }, { signal: end.signal });
  wire.hear("rows", ({ rows }) => { if (rows.some(({ final }) => final)) setTimeout(leaving, IDLE_MS); });
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
