// Buttons that write a camera command at the caret. They know no prompt, only where it is written.
import { hit, make, say } from "../dom.js";

const NARROW_PX = 560;

/**
 * Undo knows what execCommand inserts, so it goes first, deprecated as it is.
 * @param {HTMLTextAreaElement} area
 * @param {string} words
 */
function insert(area, words) {
  area.focus();
  const before = area.value;
  if (document.execCommand("insertText", false, words) && area.value !== before) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export class CameraRow {
  #buttons;
  #area;
  #more = make("button", "small plain fold", { type: "button", "aria-expanded": "false", hidden: true });
  #isOpen = false;
  #width_px = 0;

  /** @param {{ name: string, does: string }[]} cameras @param {HTMLTextAreaElement} area @param {AbortSignal} signal */
  constructor(cameras, area, signal) {
    this.#area = area;
    this.#buttons = cameras.map(({ name, does }) =>
      make("button", "small camera", { type: "button", title: does, "data-name": name }, name),
    );
    const named = { role: "group", "aria-label": "Camera commands" };
    this.root = make("div", "cameras", named, ...this.#buttons, this.#more);
    const keepCaret = (/** @type {MouseEvent} */ event) => {
      if (hit(event, ".camera")) event.preventDefault();
    };
    const write = (/** @type {MouseEvent} */ event) => this.#write(hit(event, ".camera")?.dataset.name);
    const toggle = () => {
      this.#isOpen = !this.#isOpen;
      this.#fold();
    };
    this.root.addEventListener("mousedown", keepCaret, { signal });
    this.root.addEventListener("click", write, { signal });
    this.#more.addEventListener("click", toggle, { signal });
    const observer = new ResizeObserver(([{ contentRect }]) => this.#resize(Math.round(contentRect.width)));
    observer.observe(this.root);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  /** @param {string | undefined} name */
  #write(name) {
    if (!name) return;
    const before = this.#area.value.slice(0, this.#area.selectionStart);
    insert(this.#area, `${before && !/[\s{|]$/.test(before) ? " " : ""}[${name}] `);
  }

  /** @param {number} width_px */
  #resize(width_px) {
    if (width_px === this.#width_px) return;
    this.#width_px = width_px;
    this.#fold();
  }

  /** One line where there is little room: what would wrap is hidden behind the last button. */
  #fold() {
    const [more, buttons] = [this.#more, this.#buttons];
    for (const button of buttons) button.hidden = false;
    const isNarrow = this.#width_px > 0 && this.#width_px < NARROW_PX;
    say(more, this.#isOpen ? "Fewer" : `All ${buttons.length}`);
    more.setAttribute("aria-expanded", String(this.#isOpen));
    more.hidden = !isNarrow;
    if (!isNarrow || this.#isOpen) return;
    for (let last = buttons.length - 1; last > 0 && more.offsetTop > buttons[0].offsetTop; last -= 1)
      buttons[last].hidden = true;
  }
}
