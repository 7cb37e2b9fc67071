// The settings as one view of the form has them: what Python knows and what is being typed.
// It names no setting.
import * as facts from "./facts.js";

export class Keeper {
  #wire;
  #touched;
  /** @type {facts.Settings} */
  #typed = {};

  /** @param {import("./wire.js").Wire} wire @param {() => void} touched */
  constructor(wire, touched) {
    this.#wire = wire;
    this.#touched = touched;
    wire.on("settings", () => {
      const [mine, said] = [this.current, this.#said];
      const isTold = Object.keys(this.#typed).every(
        (name) => JSON.stringify(said[name]) === JSON.stringify(mine[name]),
      );
      if (isTold) this.#typed = {};
      else wire.later("settings", mine); // else what is typed would go back to what was there before
    });
  }

  /** @returns {facts.Settings} */
  get #said() {
    return this.#wire.get("settings") ?? {};
  }

  get current() {
    return facts.clean({ ...this.#said, ...this.#typed });
  }

  get isTyping() {
    return Object.keys(this.#typed).length > 0;
  }

  /** @param {facts.Settings} changes */
  type(changes) {
    this.#typed = { ...this.#typed, ...changes };
    this.#touched();
    this.#wire.later("settings", this.current);
  }

  /** @param {facts.Settings} changes */
  put(changes) {
    const next = facts.clean({ ...this.current, ...changes });
    if (facts.key(next) === facts.key(this.#said)) this.#typed = {};
    else this.replace(next);
  }

  /** @param {facts.Settings} next */
  replace(next) {
    this.#typed = {};
    this.#touched();
    this.#wire.set("settings", next);
  }
}
