// The form as text: a cell or a call of Python that asks for the same. Python writes it.
import { copyText, icon, make, say } from "../dom.js";

const COPIED_MS = 2000;

/** @param {string} as @param {string} words */
const button = (as, words) =>
  make(
    "button",
    "small plain",
    { type: "button", "data-as": as },
    icon("copy"),
    make("span", "", { "data-words": words }, words),
  );

export class Copies {
  #wire;
  #read;
  #failed;
  #spoken = make("span", "spoken", { role: "status" });
  text = make("textarea", "copied", {
    readonly: true,
    rows: 4,
    "aria-label": "The text to copy",
    spellcheck: "false",
    hidden: true,
  });
  /** @type {Map<HTMLElement, number>} */
  #timers = new Map();

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {() => object} read gives the form
   * @param {(words: string) => void} failed hears why there is no text
   */
  constructor(wire, read, failed) {
    const buttons = [button("cell", "Copy as cell"), button("python", "Copy as Python")];
    const { signal } = wire;
    this.#wire = wire;
    this.#read = read;
    this.#failed = failed;
    this.row = make("div", "copies", {}, ...buttons, this.#spoken);
    for (const one of buttons) one.addEventListener("click", () => this.#copy(one), { signal });
    signal.addEventListener("abort", () => this.#timers.forEach(clearTimeout), { once: true });
  }

  /** @param {HTMLElement} one of the buttons */
  async #copy(one) {
    const words = /** @type {HTMLElement} */ (one.lastChild);
    try {
      const { text } = await this.#wire.ask({ kind: "copy", as: one.dataset.as, ...this.#read() });
      this.text.value = text;
      this.text.hidden = await copyText(text);
      say(words, this.text.hidden ? "Copied" : "Copy the selected text below");
      say(this.#spoken, words.textContent);
      if (!this.text.hidden) {
        this.text.focus();
        this.text.select();
      }
    } catch (error) {
      this.#failed(error.message);
    }
    const rest = () => {
      say(words, words.dataset.words);
      say(this.#spoken, "");
    };
    clearTimeout(this.#timers.get(one));
    this.#timers.set(one, setTimeout(rest, COPIED_MS));
  }
}
