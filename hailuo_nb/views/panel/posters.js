// The pictures of clips: asked for as they come into view, a handful at a time, kept for good.
// It knows ids and addresses; where a picture is drawn is the gallery's affair.
const GATHER_MS = 60;
const AT_ONCE_MAX = 24;
const NEAR = "150px 0px";

/** @typedef {import("./tile.js").Row} Row */

export class Posters {
  #wire;
  #rowOf;
  #draw;
  #observer;
  /** @type {Map<string, { src: string | null | undefined, picture: string }>} */
  #held = new Map(); // id -> { src, picture }; a clip that became done has a new picture
  /** @type {Set<string>} */
  #wanted = new Set();
  /** @type {Map<string, Element>} */
  #placed = new Map(); // id -> its element
  #timer = 0;
  #isAsking = false;

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {Element} scroller
   * @param {(id: string) => Row | undefined} rowOf
   * @param {(id: string) => void} draw is called when a picture came or is on its way
   */
  constructor(wire, scroller, rowOf, draw) {
    this.#wire = wire;
    this.#rowOf = rowOf;
    this.#draw = draw;
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { root: scroller, rootMargin: NEAR });
    const leave = () => {
      this.#observer.disconnect();
      clearTimeout(this.#timer);
    };
    wire.signal.addEventListener("abort", leave, { once: true });
  }

  // That there is no picture counts only for as long as the row says so, too.
  #isHeld(/** @type {string} */ id) {
    const [one, row] = [this.#held.get(id), this.#rowOf(id)];
    return one !== undefined && one.src === row?.src && Boolean(one.picture || !row?.has_picture);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const { id = "" } = /** @type {HTMLElement} */ (target).dataset;
      if (isIntersecting) this.want(id);
      else this.#wanted.delete(id); // scrolled past before it was asked for
    }
  }

  /** Only what has no picture yet is watched: of thousands most have one. @param {string} id @param {Element} element */
  watch(id, element) {
    this.#placed.set(id, element);
    this.#observer.unobserve(element); // begun anew, it tells at once whether it is in view
    if (!this.#isHeld(id)) this.#observer.observe(element);
  }

  #leave(/** @type {string} */ id) {
    const element = this.#placed.get(id);
    if (element) this.#observer.unobserve(element);
  }

  want(/** @type {string[]} */ ...ids) {
    for (const id of ids) if (!this.#isHeld(id)) this.#wanted.add(id);
    const isDue = this.#wanted.size > 0 && !this.#timer && !this.#isAsking;
    if (isDue) this.#timer = setTimeout(() => this.#ask(), GATHER_MS);
  }

  async #ask() {
    const ids = [...this.#wanted].slice(0, AT_ONCE_MAX);
    this.#timer = 0;
    if (!ids.length) return;
    this.#isAsking = true;
    const asked = ids.map((id) => ({ id, src: this.#rowOf(id)?.src }));
    for (const id of ids) this.#wanted.delete(id);
    try {
      const answer = await this.#wire.ask({ kind: "posters", ids });
      for (const { id, src } of asked) this.#held.set(id, { src, picture: answer.posters[id] ?? "" });
      for (const id of ids) {
        this.#leave(id);
        this.#draw(id);
      }
    } catch (error) {
      this.#wire.tell(error.message, "error"); // they are asked for again when they come into view again
    }
    this.#isAsking = false;
    this.want(...this.#wanted);
  }

  /** "" where there is none, undefined while it is not known. @param {string} id */
  of(id) {
    return this.#held.get(id)?.picture;
  }

  /** @param {string} id */
  forget(id) {
    this.#leave(id);
    this.#placed.delete(id);
    this.#wanted.delete(id);
  }
}
