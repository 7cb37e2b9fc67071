// How a view of the panel speaks with Python: traits, messages, one line to the person.
// What the messages mean is the affair of who sends and hears them.
import { make, say } from "../dom.js";
import { listener } from "../live.js";

const IDLE_MS = 500; // typing rests this long before it is told
const SLOW_MS = 3000; // an answer that takes longer says why
const BUSY = "The kernel is busy with a cell; it goes on when that ends.";
const LOST =
  "This was interrupted before it was answered. Look in the gallery at what came of it before you try again.";
const UNANSWERED =
  "The kernel was restarted or has ended before it answered: run %hailuo again and look at what is in the gallery.";
const GONE = "The kernel was restarted or has ended: run %hailuo again. Nothing was sent.";

/**
 * @typedef {{ words: string, does: () => void }} Remedy of a button that stands behind the line: its words, and what it does
 * @typedef {{ done: (answer: any) => void, fail: (error: Error) => void, timer: number }} Ask
 * @typedef {(message: any, buffers: DataView[]) => void} Heard
 */

let asked = 0;
function nextAsk() {
  asked += 1;
  return `${performance.timeOrigin}-${asked}`;
}

/** One line that is said to the person, with a button behind it where something can be done. */
class Line {
  #told;
  #line = make("span", "", { dir: "auto" });
  #way = make("button", "small", { type: "button", hidden: true });
  #follow = () => {};

  /** @param {HTMLElement} told @param {AbortSignal} signal */
  constructor(told, signal) {
    this.#told = told;
    told.append(this.#line, this.#way);
    this.#way.addEventListener("click", () => this.#follow(), { signal });
  }

  get words() {
    return this.#line.textContent;
  }

  /** @param {string} words @param {string} level @param {Remedy | null} remedy */
  tell(words, level, remedy) {
    this.#told.dataset.level = level;
    this.#follow = remedy?.does ?? (() => {});
    say(this.#way, remedy?.words);
    say(this.#line, words);
    this.#told.hidden = this.#line.hidden;
  }
}

export class Wire {
  #model;
  #line;
  #on;
  /** @type {Map<string, Ask>} */
  #waiting = new Map();
  /** @type {Map<string, Heard[]>} */
  #heard = new Map();
  /** @type {Map<string, { value: unknown, timer: number }>} */
  #later = new Map();

  /**
   * @param {any} model of the notebook
   * @param {HTMLElement} told where one line is said to the person
   * @param {AbortSignal} signal
   */
  constructor(model, told, signal) {
    this.#model = model;
    this.signal = signal;
    this.#line = new Line(told, signal);
    this.#on = listener(model, signal);
    this.#on("msg:custom", (message, buffers = []) => this.#take(message, buffers));
    for (const event of ["comm_live_update", "comm:close"]) this.#on(event, () => this.#fall());
    signal.addEventListener("abort", () => this.flush(), { once: true });
  }

  /** @param {string} words @param {Remedy | null} [remedy] */
  tell(words, level = "", remedy = null) {
    this.#line.tell(words, level, remedy);
  }

  /** @param {string} name @returns {any} */
  get(name) {
    return this.#model.get(name);
  }

  /** @param {string} name @param {unknown} value */
  set(name, value) {
    clearTimeout(this.#later.get(name)?.timer); // else it would bring back what this replaces
    this.#later.delete(name);
    this.#model.set(name, value);
    this.#isPassedOn(() => this.#model.save_changes());
  }

  /** Set it once nobody has typed for a while. @param {string} name @param {unknown} value */
  later(name, value) {
    clearTimeout(this.#later.get(name)?.timer);
    this.#later.set(name, { value, timer: setTimeout(() => this.set(name, value), IDLE_MS) });
  }

  flush() {
    for (const [name, { value }] of [...this.#later]) this.set(name, value);
  }

  /** Hear of a trait's changes. @param {string} name @param {() => void} does */
  on(name, does) {
    this.#on(`change:${name}`, does);
  }

  /** Hear of messages of a kind. @param {string} kind @param {Heard} does */
  hear(kind, does) {
    this.#heard.set(kind, [...(this.#heard.get(kind) ?? []), does]);
  }

  /** @param {object} message */
  send(message) {
    return this.#isPassedOn(() => this.#model.send(message));
  }

  /**
   * Promise the answer to a message; it fails with the words why there is none.
   * @param {object} message
   * @param {DataView[]} [buffers]
   * @returns {Promise<any>}
   */
  ask(message, buffers = []) {
    const ask = nextAsk();
    return new Promise((done, fail) => {
      if (!this.#isPassedOn(() => this.#model.send({ ...message, ask }, undefined, buffers)))
        return fail(new Error(GONE));
      const timer = setTimeout(() => {
        this.tell(BUSY);
        this.#askAfter(ask, 2 * SLOW_MS);
      }, SLOW_MS);
      this.#waiting.set(ask, { done, fail, timer });
    });
  }

  /** @param {string} address @returns {Promise<string>} */
  async resolve(address) {
    if (/^(data|blob|https?|kernel):/.test(address)) return address;
    return (await this.#model.widget_manager?.resolveUrl?.(address)) ?? address;
  }

  /** Without its kernel a model throws at whatever it should pass on. @param {() => void} does */
  #isPassedOn(does) {
    try {
      does();
      return true;
    } catch {
      this.tell(GONE, "error");
      return false;
    }
  }

  /** @param {any} message @param {DataView[]} buffers */
  #take(message, buffers) {
    const { answer, refused, ...rest } = message;
    if (refused === undefined) this.#settled(answer)?.done({ ...rest, buffers });
    else this.#settled(answer)?.fail(new Error(refused));
    for (const does of this.#heard.get(message.kind) ?? []) does(message, buffers);
  }

  /** @param {string} id */
  #settled(id) {
    const ask = this.#waiting.get(id);
    if (!ask) return undefined;
    this.#waiting.delete(id);
    clearTimeout(ask.timer);
    if (this.#line.words === BUSY) this.tell("");
    return ask;
  }

  /**
   * Python answers one after the other: what it has not answered before it answers this was
   * interrupted, and is answered no more.
   * @param {string} id
   * @param {number} again_ms when to ask again, should this be interrupted, too
   */
  #askAfter(id, again_ms) {
    const [ask, waits] = [nextAsk(), this.#waiting.get(id)];
    if (!waits || !this.send({ kind: "heard", ask })) return;
    const lost = () => this.#settled(id)?.fail(new Error(LOST));
    waits.timer = setTimeout(() => this.#askAfter(id, 2 * again_ms), again_ms);
    this.#waiting.set(ask, { done: lost, fail: lost, timer: 0 });
  }

  /** Who waits for a kernel that has gone waits for nothing. */
  #fall() {
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { timer, fail } of left) {
      clearTimeout(timer);
      fail(new Error(UNANSWERED));
    }
    if (left.length) this.tell(UNANSWERED, "error");
  }
}
