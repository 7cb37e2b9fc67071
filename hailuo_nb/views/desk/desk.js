// What a person thinks of each clip, beside the clip, wherever on the page one stands: in a card, a grid
// or a comparison, live or saved, for as long as their kernel lives. The model has no view of its own:
// it finds figures that name their task, and its kernel's history tells which of them it knows.
import { make } from "../dom.js";
import { listener, send } from "../live.js";
import { CSS, makeRating } from "../rating.js";

const AGAIN_MS = 1000; // one look at the same clip is asked for at most so often
const KEPT_MS = 3000; // what takes a figure's place has so long to come
const GONE = "The kernel was restarted or has ended: nothing was kept.";

/**
 * @typedef {import("../rating.js").Rating} Rating
 * @typedef {{ id: string, at: number, played: Partial<HTMLVideoElement> | null, gone_ms: number }} Left where somebody was in a figure that went
 * @typedef {{ id: string, control: import("../rating.js").Control, at: number, plays: boolean, end: AbortController }} Placed
 */

/** @param {HTMLVideoElement | null} video of a card, whose player keeps nothing itself */
function playedOf(video) {
  if (!video) return null;
  const { currentTime, muted, loop, playbackRate } = video;
  return { currentTime, muted, loop, playbackRate, defaultPlaybackRate: playbackRate };
}

class Desk {
  #model;
  #end = new AbortController();
  /** @type {Map<string, Rating>} */
  #known = new Map();
  /** @type {Map<string, number>} */
  #looked = new Map(); // when each was asked for
  /** @type {Map<HTMLElement, Placed>} */
  #placed = new Map();
  /** @type {Map<string, { done: (rating: Rating) => void, fail: (error: Error) => void }>} */
  #asks = new Map();
  /** @type {Left[]} */
  #left = [];
  #asked = 0;
  /** @type {Set<string>} */
  #waiting = new Set(); // to be looked at again
  #timer = 0;

  /** @param {any} model */
  constructor(model) {
    this.#model = model;
    const on = listener(model, this.#end.signal);
    on("msg:custom", (message) => this.#take(message));
    on("comm:close", () => this.#clear());
    on("comm_live_update", () => this.#hearIfLives());
    const style = make("style", "", {}, CSS);
    document.head.append(style);
    const observer = new MutationObserver(() => this.#scan());
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-task"] });
    document.addEventListener("visibilitychange", () => this.#again(), { signal: this.#end.signal });
    this.#end.signal.addEventListener("abort", () => {
      observer.disconnect();
      style.remove();
      this.#clear();
    });
    this.#scan();
  }

  leave() {
    this.#end.abort();
  }

  async #hearIfLives() {
    const { comm_live: lives } = await this.#model.widget_manager.get_model(this.#model.get("own"));
    if (!lives) return this.#clear();
    this.#looked.clear();
    this.#scan();
    this.#again();
  }

  // ---- what stands on the page

  #scan() {
    for (const [root, one] of this.#placed)
      if (!root.isConnected || root.dataset.task !== one.id) this.#drop(root, one);
    const free = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-task]:not([data-rated])"));
    for (const root of free) if (this.#known.has(root.dataset.task ?? "")) this.#place(root);
    this.#look([...free].map(({ dataset }) => dataset.task ?? "").filter((id) => !this.#looked.has(id)));
  }

  /** @param {HTMLElement} root */
  #place(root) {
    const { task: id = "", label, file } = root.dataset;
    const control = makeRating(label ?? file?.replace(/\.mp4$/, "") ?? id, (change) => this.#rate(id, change));
    const end = new AbortController();
    const one = { id, control, at: -1, plays: false, end };
    const on = (/** @type {string} */ type, /** @type {() => void} */ does, capture = false) =>
      root.addEventListener(type, does, { signal: end.signal, capture });
    this.#placed.set(root, one);
    root.dataset.rated = "live";
    root.querySelector(".hailuo-rated")?.toggleAttribute("hidden", true);
    (root.querySelector("figcaption, .text") ?? root).append(control.root);
    control.tell(/** @type {Rating} */ (this.#known.get(id)));
    for (const type of ["focusin", "pointerenter"]) on(type, () => this.#look([id]));
    on("focusin", () => {
      one.at = control.at();
    });
    const left = () => {
      if (root.isConnected && !control.root.contains(document.activeElement)) one.at = -1;
    };
    on("focusout", () => setTimeout(left));
    const plays = (/** @type {boolean} */ to) => () => {
      one.plays = to;
    };
    on("play", plays(true), true);
    on("pause", plays(false), true);
    this.#goOn(root, one);
  }

  /** @param {HTMLElement} root @param {Placed} one */
  #drop(root, { id, control, at, plays, end }) {
    const played = root.matches(".hailuo-card") && plays ? playedOf(root.querySelector("video")) : null;
    if (!root.isConnected && (at >= 0 || played)) this.#left.push({ id, at, played, gone_ms: performance.now() });
    end.abort();
    control.root.remove();
    this.#placed.delete(root);
    delete root.dataset.rated;
    root.querySelector(".hailuo-rated")?.toggleAttribute("hidden", false);
  }

  /** A cell that is saved anew has another figure in the same place: go on in it. @param {HTMLElement} root @param {Placed} one */
  #goOn(root, { id, control }) {
    this.#left = this.#left.filter(({ gone_ms }) => performance.now() - gone_ms < KEPT_MS);
    const left = this.#left.find((other) => other.id === id);
    if (!left) return;
    this.#left.splice(this.#left.indexOf(left), 1);
    if (left.at >= 0 && document.activeElement === document.body) control.focus(left.at);
    const video = root.querySelector("video");
    if (!video || !left.played) return;
    Object.assign(video, left.played);
    video.play().catch(() => {});
  }

  #clear() {
    for (const [root, one] of [...this.#placed]) this.#drop(root, one);
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#waiting.clear();
    this.#known.clear();
    this.#looked.clear();
    for (const { fail } of this.#asks.values()) fail(new Error(GONE));
    this.#asks.clear();
  }

  // ---- what the kernel has

  /** What was looked at just now is looked at again soon. @param {string[]} ids */
  #look(ids) {
    const now = performance.now();
    const isDue = (/** @type {string} */ id) => now - (this.#looked.get(id) ?? -AGAIN_MS) >= AGAIN_MS;
    const due = [...new Set(ids)].filter((id) => id && isDue(id));
    for (const id of ids) if (id && !due.includes(id)) this.#waiting.add(id);
    if (this.#waiting.size && !this.#timer) this.#timer = setTimeout(() => this.#lookNow(), AGAIN_MS);
    for (const id of due) this.#looked.set(id, now);
    if (due.length && !send(this.#model, { kind: "look", ids: due })) this.#clear();
  }

  #lookNow() {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = 0;
    if (ids.length) this.#look(ids);
  }

  /** Who comes back to the page sees what others have written meanwhile. */
  #again() {
    if (!document.hidden) this.#look([...this.#placed.values()].map(({ id }) => id));
  }

  /** @param {string} id @param {import("../rating.js").Change} change @returns {Promise<Rating>} */
  #rate(id, change) {
    this.#asked += 1;
    const ask = `${performance.timeOrigin}-${this.#asked}`; // another page has its own
    return new Promise((done, fail) => {
      this.#asks.set(ask, { done, fail });
      if (!send(this.#model, { kind: "rate", id, ask, change })) this.#clear();
    });
  }

  /** @param {{ ratings?: Record<string, Rating>, ask?: string, refused?: string }} message */
  #take({ ratings = {}, ask = "", refused }) {
    const [waits, told] = [this.#asks.get(ask), Object.entries(ratings)];
    this.#asks.delete(ask);
    for (const [id, rating] of told) this.#known.set(id, rating);
    if (refused !== undefined) waits?.fail(new Error(refused));
    else if (told.length) waits?.done(told[0][1]);
    for (const { id, control } of this.#placed.values()) if (ratings[id]) control.tell(ratings[id]);
    this.#scan();
  }
}

export default {
  /** @param {{ model: any }} given */
  initialize({ model }) {
    const desk = new Desk(model);
    return () => desk.leave();
  },
};
