// How a view of the panel speaks with Python: traits, messages, one line to the person.
// What the messages mean is the affair of who sends and hears them.
import { make, say } from "../dom.js";

const IDLE_MS = 500; // typing rests this long before it is told
const SLOW_MS = 3000; // an answer that takes longer says why
const BUSY = "The kernel is busy with a cell; it goes on when that ends.";
const UNANSWERED =
  "The kernel was restarted or has ended before it answered: run %hailuo again and look at what is in the gallery.";
const GONE = "The kernel was restarted or has ended: run %hailuo again. Nothing was sent.";

let asked = 0;

/**
 * @typedef {ReturnType<typeof makeWire>} Wire
 * @typedef {{ words: string, does: () => void }} Remedy of a button that stands behind the line: its words, and what it does
 */

/**
 * @param {any} model of the notebook
 * @param {HTMLElement} told where one line is said to the person
 * @param {AbortSignal} signal
 */
export function makeWire(model, told, signal) {
  /** @typedef {{ done: (answer: any) => void, fail: (error: Error) => void, timer: number }} Ask */
  /** @type {Map<string, Ask>} */
  const waiting = new Map();
  /** @type {Map<string, ((message: any, buffers: DataView[]) => void)[]>} */
  const heard = new Map();
  /** @type {Map<string, { value: unknown, timer: number }>} */
  const later = new Map();
  const on = (/** @type {string} */ event, /** @type {(...given: any[]) => void} */ does) => {
    model.on(event, does);
    signal.addEventListener("abort", () => model.off(event, does));
  };
  const [line, way] = [make("span", "", { dir: "auto" }), make("button", "small", { type: "button", hidden: true })];
  let follow = () => {};
  told.append(line, way);
  way.addEventListener("click", () => follow(), { signal });
  const tell = (/** @type {string} */ words, level = "", remedy = /** @type {Remedy | null} */ (null)) => {
    told.dataset.level = level;
    follow = remedy?.does ?? (() => {});
    say(way, remedy?.words);
    say(line, words);
    told.hidden = line.hidden;
  };
  // Without its kernel a model throws at whatever it should pass on.
  const isPassedOn = (/** @type {() => void} */ does) => {
    try {
      does();
      return true;
    } catch {
      tell(GONE, "error");
      return false;
    }
  };
  const set = (/** @type {string} */ name, /** @type {unknown} */ value) => {
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
  // Who waits for a kernel that has gone waits for nothing.
  const fall = () => {
    const left = [...waiting.values()];
    waiting.clear();
    for (const { timer, fail } of left) {
      clearTimeout(timer);
      fail(new Error(UNANSWERED));
    }
    if (left.length) tell(UNANSWERED, "error");
  };
  for (const event of ["comm_live_update", "comm:close"]) on(event, fall);
  signal.addEventListener("abort", flush, { once: true });
  return {
    signal,
    tell,
    set,
    flush,
    get: (/** @type {string} */ name) => model.get(name),
    on: (/** @type {string} */ name, /** @type {() => void} */ does) => on(`change:${name}`, does),
    /** @param {string} name @param {unknown} value */
    later(name, value) {
      clearTimeout(later.get(name)?.timer);
      later.set(name, { value, timer: setTimeout(() => set(name, value), IDLE_MS) });
    },
    hear: (/** @type {string} */ kind, /** @type {(message: any, buffers: DataView[]) => void} */ does) =>
      heard.set(kind, [...(heard.get(kind) ?? []), does]),
    send: (/** @type {object} */ message) => isPassedOn(() => model.send(message)),
    /** @param {object} message @param {DataView[]} [buffers] @returns {Promise<any>} */
    ask(message, buffers = []) {
      asked += 1;
      const ask = `${performance.timeOrigin}-${asked}`;
      return new Promise((done, fail) => {
        if (!isPassedOn(() => model.send({ ...message, ask }, undefined, buffers))) return fail(new Error(GONE));
        waiting.set(ask, { done, fail, timer: setTimeout(() => tell(BUSY), SLOW_MS) });
      });
    },
    /** @param {string} address @returns {Promise<string>} */
    async resolve(address) {
      if (/^(data|blob|https?|kernel):/.test(address)) return address;
      return (await model.widget_manager?.resolveUrl?.(address)) ?? address;
    },
  };
}
