// The prompt: writing it, its length, and the prompts it makes. What a text makes is Python's to
// say; here it is shown.
import { foreign, make, say } from "../dom.js";
import { CameraRow } from "./cameras.js";
import * as facts from "./facts.js";

const SHOWN = 3;

/** @typedef {{ label?: string, text: string }} Made a prompt that is made */

/** @param {Made} made */
const entry = ({ label, text }) =>
  make("li", "", {}, label ? make("strong", "", {}, foreign(label)) : null, make("p", "", { dir: "auto" }, text));

/** @param {[label: string, reason: string]} left */
const leftOut = ([label, reason]) => make("li", "", {}, make("strong", "", {}, foreign(label)), " ", foreign(reason));

/** The prompts that are made, folded after the first few; and what is left out, with reasons. */
class Preview {
  #parts = {
    title: make("summary"),
    first: make("ol"),
    rest: make("ol"),
    more: make("summary"),
    others: make("p", "quiet"),
    left: make("ul", "left-out"),
  };
  #drawn = "";

  constructor() {
    const { title, first, rest, more, others, left } = this.#parts;
    this.fold = make("details", "", { hidden: true }, more, rest);
    this.made = make("details", "made", { open: true, hidden: true }, title, first, this.fold, others);
    this.out = make("details", "made", { open: true, hidden: true }, make("summary", "", {}, "Left out"), left);
  }

  /** @param {{ prompts?: Made[], more_prompts?: number, left_out?: [label: string, reason: string][] }} quote */
  draw({ prompts: made = [], more_prompts = 0, left_out = [] }) {
    const { title, first, rest, more, others, left } = this.#parts;
    const key = JSON.stringify([made, more_prompts, left_out]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.made.hidden = made.length < 2;
    say(title, `Makes ${made.length + more_prompts} prompts`);
    first.replaceChildren(...made.slice(0, SHOWN).map(entry));
    rest.replaceChildren(...made.slice(SHOWN).map(entry));
    say(more, `${Math.max(0, made.length - SHOWN)} more`);
    this.fold.hidden = made.length <= SHOWN;
    say(others, more_prompts ? `and ${more_prompts} others` : "");
    this.out.hidden = left_out.length === 0;
    left.replaceChildren(...left_out.map(leftOut));
  }
}

/** @param {string} id */
function skeleton(id) {
  const code = (/** @type {string} */ words) => make("code", "", {}, words);
  return {
    area: make("textarea", "", {
      id,
      rows: 4,
      spellcheck: "true",
      dir: "auto",
      "aria-describedby": `${id}-count ${id}-how ${id}-problem`,
      placeholder: "What should happen? For example: A paper boat drifts down a rainy street.",
    }),
    count: make("span", "quiet count", { id: `${id}-count` }),
    how: make("p", "quiet how", { id: `${id}-how` }),
    problem: make("p", "problem", { id: `${id}-problem`, dir: "auto", hidden: true }),
    example: [code("{slow|fast}"), " tries both; a line ", code("---"), " starts another prompt."],
  };
}

/**
 * @typedef {object} Told who hears of it
 * @property {() => number} limit that of the chosen models
 * @property {() => void} touched hears of every key
 * @property {() => void} changed hears of what came to be the prompt
 */

export class PromptField {
  #wire;
  #told;
  #parts;
  #preview = new Preview();
  #isMine = false; // there is typing that Python does not know
  /** @type {string[]} */
  #said = [];

  /** @param {import("./wire.js").Wire} wire @param {Told} told */
  constructor(wire, told) {
    const id = facts.uid("prompt");
    const { signal } = wire;
    const { cameras } = /** @type {import("./facts.js").Catalogue} */ (wire.get("catalogue"));
    this.#wire = wire;
    this.#told = told;
    this.#parts = skeleton(id);
    const { area, count, how, problem, example } = this.#parts;
    how.append(...example);
    this.area = area;
    this.root = make(
      "div",
      "script",
      {},
      make("div", "head", {}, make("label", "legend", { for: id }, "Prompt"), count),
      area,
      make("div", "said", { "aria-live": "polite" }, problem),
      new CameraRow(cameras, area, signal).root,
      how,
      this.#preview.made,
      this.#preview.out,
    );
    area.addEventListener("input", () => this.#typed(), { signal });
    area.addEventListener("blur", () => wire.flush(), { signal });
    wire.on("prompt", () => {
      this.#follow();
      told.changed();
    });
    wire.on("quote", () => this.#drawQuote());
    this.#follow();
    this.#drawQuote();
  }

  get text() {
    return this.area.value;
  }

  get isTyping() {
    return this.#isMine;
  }

  /** @param {string[]} words */
  problems(words) {
    this.#said = words;
    this.#count();
  }

  #typed() {
    this.#isMine = this.text !== this.#wire.get("prompt");
    this.#told.touched();
    this.#wire.later("prompt", this.text);
    this.#grow();
    this.#count();
  }

  #follow() {
    const told = this.#wire.get("prompt") ?? "";
    if (this.#isMine && told !== this.text) return;
    this.#isMine = false;
    if (this.text !== told) this.area.value = told;
    this.#grow();
    this.#count();
  }

  #drawQuote() {
    this.#preview.draw(this.#wire.get("quote") ?? {});
    this.#count();
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }

  /** With several prompts, or texts put in, only Python knows the longest. */
  #count() {
    const { area, count, problem } = this.#parts;
    const quote = this.#wire.get("quote") ?? {};
    const isMade = quote.prompts?.length > 1 || this.text.includes("{{");
    const chars = isMade && quote.chars !== undefined ? quote.chars : [...this.text].length;
    const max = this.#told.limit();
    const over = chars - max;
    say(count, `${isMade ? "longest " : ""}${chars} / ${max}${over > 0 ? `, ${over} too many` : ""}`);
    count.classList.toggle("over", over > 0);
    const tooLong = over > 0 ? `The prompt is ${over} characters too long for this model.` : "";
    const words = this.#said.join(" ") || tooLong;
    say(problem, words);
    area.setAttribute("aria-invalid", String(Boolean(words)));
  }
}
