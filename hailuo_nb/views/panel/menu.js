// A small list that opens below a button: arrows move, Escape and Tab close, focus comes back.
import { childrenOf, claim, focused, make } from "../dom.js";

/**
 * @typedef {{ words: string, quiet?: string, pick?: () => void }} Item without `pick` it only tells something
 * @typedef {object} Given
 * @property {HTMLButtonElement} opener
 * @property {string} label
 * @property {string} waiting
 * @property {() => Item[] | Promise<Item[]>} items
 * @property {AbortSignal} signal
 */

export class Menu {
  #opened = 0;
  #given;

  /** @param {Given} given */
  constructor(given) {
    const { opener, label, signal } = given;
    this.#given = given;
    this.root = make("div", "menu", { role: "menu", "aria-label": label, hidden: true });
    opener.setAttribute("aria-haspopup", "menu");
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => (this.root.hidden ? this.#open() : this.#close()), { signal });
    this.root.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.root.addEventListener("focusout", ({ relatedTarget }) => this.#leave(relatedTarget), { signal });
    document.addEventListener(
      "pointerdown",
      ({ target }) => {
        if (!opener.contains(/** @type {Node} */ (target))) this.#leave(target);
      },
      { signal, capture: true },
    );
  }

  #close(isKeeping = true) {
    const { opener } = this.#given;
    if (this.root.hidden) return;
    const hadFocus = this.root.contains(focused());
    this.#opened += 1;
    this.root.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (isKeeping && hadFocus) opener.focus();
  }

  /** @param {EventTarget | null} to where somebody went */
  #leave(to) {
    if (to && to !== this.#given.opener && !this.root.contains(/** @type {Node} */ (to))) this.#close(false);
  }

  /** @param {Item} item */
  #entry({ words, quiet = "", pick }) {
    const button = make(
      "button",
      "plain",
      { type: "button", role: "menuitem", tabindex: -1, "aria-disabled": pick ? null : "true" },
      make("bdi", "", { dir: "auto" }, words),
      quiet ? make("bdi", "quiet", { dir: "auto" }, quiet) : null,
    );
    const choose = () => {
      this.#close();
      pick?.();
    };
    if (pick) button.addEventListener("click", choose, { signal: this.#given.signal });
    return button;
  }

  /** @param {Item[]} found */
  #fill(found) {
    const hadFocus = this.root.contains(focused());
    this.root.replaceChildren(...found.map((item) => this.#entry(item)));
    if (hadFocus) childrenOf(this.root)[0]?.focus();
  }

  async #open() {
    this.#opened += 1;
    const mine = this.#opened;
    this.root.hidden = false;
    this.#given.opener.setAttribute("aria-expanded", "true");
    this.#fill([{ words: this.#given.waiting }]);
    childrenOf(this.root)[0].focus();
    /** @type {Item[]} */
    let found;
    try {
      found = await this.#given.items();
    } catch (error) {
      found = [{ words: error.message }];
    }
    if (mine === this.#opened) this.#fill(found);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const all = childrenOf(this.root);
    const at = all.indexOf(focused());
    const next = /** @type {Record<string, number>} */ ({
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    })[event.key];
    if (event.key === "Tab" || event.key === "Escape") this.#close();
    if (next !== undefined) all[next]?.focus();
    if (next !== undefined || event.key === "Escape") claim(event);
  }
}
