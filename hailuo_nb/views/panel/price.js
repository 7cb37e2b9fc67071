// What it costs, and the button that asks for it: never twice, never for more than was shown.
// All figures are Python's; only what the button is doing lives here.
import { make, say } from "../dom.js";
import { Copies } from "./copies.js";
import * as facts from "./facts.js";

const STALE_MS = 150; // a quote that comes sooner changes the price without a flicker
const GIVE_UP_MS = 3000; // a change that is taken back brings no news of the quote
const SENDING = "Sending…";
const ALREADY = "Something was sent meanwhile: look in the gallery, then press once more.";

/**
 * @typedef {{ prompt: string, settings: facts.Settings }} Form
 * @typedef {{ button: string, words: string }} Confirm what a second click says
 * @typedef {object} Quote what pressing Generate would do
 * @property {number} [turn]
 * @property {string} [button]
 * @property {number} due
 * @property {number} credits
 * @property {number} [clips]
 * @property {boolean} [can_send]
 * @property {Confirm | null} [confirm]
 * @property {{ button: string, credits: number, due?: number, confirm?: Confirm | null } | null} [again]
 * @property {string[]} [lines]
 * @property {facts.Problem[]} [problems]
 * @property {string[]} [notes]
 *
 * @typedef {object} About what it must know of the form
 * @property {() => Form} read what is to be sent, typing and all
 * @property {() => Form} form the same without telling Python
 * @property {() => boolean} isTyping whether there is what Python has not heard
 * @property {(field: string) => boolean} placed whether a problem is shown elsewhere
 * @property {() => boolean} isQuiet whether nothing is begun
 * @property {(answer: { ids?: string[], words?: string }) => void} made hears of what was sent
 *
 * @typedef {"go" | "again"} Which of the two buttons
 */

const paragraphs = (/** @type {string} */ kind, /** @type {string[]} */ words) =>
  words.map((one) => make("p", kind, { dir: "auto" }, one));

/** @param {HTMLElement} element @param {string} key @param {() => HTMLElement[]} children */
function fill(element, key, children) {
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...children());
  element.hidden = element.classList.contains("said") && element.childElementCount === 0;
}

function skeleton() {
  const id = facts.uid("price");
  const parts = {
    lines: make("ul", "lines", { id: `${id}-lines` }),
    go: make("button", "primary go", { type: "button" }),
    again: make("button", "again", { type: "button", hidden: true }),
    back: make("button", "small plain back", { type: "button", hidden: true }, "Not now"),
    confirm: make("p", "hint", { dir: "auto", hidden: true }),
    outcome: make("p", "outcome", { dir: "auto", hidden: true }),
    problems: make("div", "said"),
    notes: make("div", "said"),
  };
  const live = { id: `${id}-said`, "aria-live": "polite" };
  const said = make("div", "said", live, parts.confirm, parts.outcome, parts.problems, parts.notes);
  const stand = [parts.lines, parts.go, parts.again, said, parts.back];
  return { ...parts, said, root: make("div", "price", { "data-state": "ready" }, ...stand) };
}

const keyOf = (/** @type {Form} */ { prompt, settings }) => JSON.stringify([prompt, facts.key(settings)]);

export class Price {
  #wire;
  #about;
  #parts = skeleton();
  #late = 0;
  #given = 0;
  #rows = 1;
  #isStale = false;
  #isLate = false;
  #isVoid = false;
  #isSending = false;
  /** @type {number | undefined} */
  #sentTurn;
  /** @type {Which | null} */
  #confirming = null; // whose second click is awaited
  #quoted; // the form that the quote is about

  /** @param {import("./wire.js").Wire} wire @param {About} about */
  constructor(wire, about) {
    const { root, go, again, back } = this.#parts;
    const { signal } = wire;
    this.#wire = wire;
    this.#about = about;
    this.root = root;
    this.#quoted = this.#toldForm();
    const copies = new Copies(wire, about.read, (words) => this.#outcome(words, "error"));
    root.append(copies.row, copies.text);
    this.#hearButton(go, false);
    this.#hearButton(again, true);
    const goBack = () => {
      this.back();
      go.focus();
    };
    back.addEventListener("click", goBack, { signal });
    wire.on("quote", () => {
      this.#confirming = null;
      this.#quoted = this.#toldForm();
      if (about.isTyping()) this.draw();
      else this.#fresh();
    });
    const end = () => {
      clearTimeout(this.#late);
      clearTimeout(this.#given);
    };
    signal.addEventListener("abort", end, { once: true });
    this.draw();
  }

  /**
   * The second click of a double click, and a key held down, mean no second order.
   * @param {HTMLElement} button
   * @param {boolean} isAgain
   */
  #hearButton(button, isAgain) {
    const { signal } = this.#wire;
    const click = (/** @type {MouseEvent} */ { detail }) => {
      if (detail < 2) this.press(isAgain);
    };
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
    };
    button.addEventListener("click", click, { signal });
    button.addEventListener("keydown", key, { signal });
  }

  #toldForm() {
    const settings = facts.clean(this.#wire.get("settings") ?? {});
    return keyOf({ prompt: this.#wire.get("prompt") ?? "", settings });
  }

  /** Where no price was seen, none is agreed to. @returns {Quote} */
  get #quote() {
    const told = this.#wire.get("quote") ?? {};
    return this.#isVoid ? { turn: told.turn, due: 0, credits: 0 } : told;
  }

  /** @param {Which} which */
  #confirmOf(which) {
    const { confirm, again } = this.#quote;
    return (which === "go" ? confirm : again?.confirm) ?? null;
  }

  // ---- what is drawn

  /** @param {Confirm | null} confirm */
  #goWords(confirm) {
    if (this.#isSending) return SENDING;
    if (confirm) return confirm.button;
    if (this.#isVoid) return "Generate …";
    const { button = "Generate" } = this.#quote;
    return this.#isLate ? `${button.split(", ")[0].replace(/\d[\d.,]*/g, "…")}, …` : button;
  }

  draw() {
    const { root, go, again: more, confirm: told, back } = this.#parts;
    const { can_send = false, again } = this.#quote;
    const confirm = this.#confirming && this.#confirmOf(this.#confirming);
    const isShown = Boolean(confirm) && !this.#isSending;
    const isBlocked = this.#isSending || (!can_send && !this.#isStale);
    const resting = this.#isLate ? "stale" : "ready";
    root.dataset.state = this.#isSending ? "sending" : isShown ? "confirm" : resting;
    this.#drawLines();
    say(go, this.#goWords(confirm));
    go.ariaDisabled = isBlocked ? "true" : null;
    say(more, again && !isShown ? again.button : "");
    more.ariaDisabled = this.#isSending ? "true" : null;
    say(told, isShown ? (confirm?.words ?? "") : "");
    if (!isShown && document.activeElement === back) go.focus();
    back.hidden = !isShown;
    this.#drawProblems();
  }

  /** What to do first stands where the price will be. */
  get #isEmpty() {
    return this.#about.isQuiet() && !this.#quote.lines?.length;
  }

  #drawLines() {
    const { lines: list, go, said } = this.#parts;
    const { clips = 0, lines = [], notes = [] } = this.#quote;
    const shown = this.#isEmpty ? notes : lines;
    fill(list, JSON.stringify(shown), () => shown.map((line) => make("li", "", { dir: "auto" }, line)));
    list.toggleAttribute("data-priced", clips > 0);
    this.#rows = Math.max(this.#rows, shown.length); // room once taken stays, so that the button does not jump
    list.style.minHeight = `${this.#rows}lh`;
    go.setAttribute("aria-describedby", this.#isEmpty ? `${list.id} ${said.id}` : said.id);
  }

  #drawProblems() {
    const { problems: list, notes: hints } = this.#parts;
    const { can_send = false, problems = [], notes = [] } = this.#quote;
    const [isQuiet, isEmpty] = [this.#about.isQuiet(), this.#isEmpty];
    const here = problems.filter(({ field }) => !this.#about.placed(field)).map(({ words }) => words);
    const elsewhere = problems.length > here.length && !can_send ? ["Not yet: see the words marked above."] : [];
    fill(list, JSON.stringify([here, elsewhere, isQuiet]), () => [
      ...paragraphs(isQuiet ? "quiet" : "problem", here),
      ...paragraphs("quiet", elsewhere),
    ]);
    fill(hints, JSON.stringify([notes, isEmpty]), () => (isEmpty ? [] : paragraphs("hint", notes)));
  }

  // ---- whether the price is that of the form

  #fresh() {
    clearTimeout(this.#late);
    clearTimeout(this.#given);
    this.#isStale = this.#isLate = this.#isVoid = false;
    this.draw();
  }

  /** A quote that does not come leaves the old one to the old form. */
  #giveUp() {
    if (keyOf(this.#about.form()) === this.#quoted) return this.#fresh();
    this.#isVoid = true;
    this.draw();
  }

  touched() {
    this.#confirming = null;
    this.#isStale = true;
    say(this.#parts.outcome, "");
    clearTimeout(this.#given);
    this.#given = setTimeout(() => this.#giveUp(), GIVE_UP_MS);
    if (!this.#isLate) {
      clearTimeout(this.#late);
      this.#late = setTimeout(() => {
        this.#isLate = this.#isStale;
        this.draw();
      }, STALE_MS);
    }
    this.draw();
  }

  // ---- sending

  /** @param {string} words @param {string} level */
  #outcome(words, level) {
    const { outcome } = this.#parts;
    say(outcome, words);
    outcome.className = `outcome ${level === "error" ? "problem" : "quiet"}`;
    if (level === "error") this.#wire.tell(words, "error");
  }

  /** @param {boolean} isAgain */
  async #send(isAgain) {
    const { turn, due, credits, clips, again } = this.#quote;
    const seen = isAgain && again ? { due: again.due ?? clips, credits: again.credits } : { due, credits };
    const confirmed = this.#confirming !== null;
    this.#isSending = true;
    this.#confirming = null;
    this.#wire.tell("");
    this.#outcome("", "");
    this.draw();
    try {
      const form = this.#about.read();
      const answer = await this.#wire.ask({ kind: "generate", turn, ...form, seen, confirmed, again: isAgain });
      if (!answer.changed) this.#sentTurn = turn;
      if (answer.changed || answer.ignored) this.#outcome(answer.words ?? ALREADY, "");
      else this.#about.made(answer);
    } catch (error) {
      this.#outcome(error.message, "error");
    }
    this.#isSending = false;
    this.draw();
  }

  /** The button that asks for the second click is the same for both first ones. */
  press(wantsAgain = false) {
    if (this.#isSending) return;
    this.#about.read();
    const isAgain = wantsAgain || this.#confirming === "again";
    const { turn, can_send, again } = this.#quote;
    const which = isAgain ? "again" : "go";
    if (turn !== undefined && turn === this.#sentTurn) return; // Python has that one; the next quote is on its way
    if (isAgain ? !again : !can_send && !this.#isStale) return;
    if (this.#confirmOf(which) && this.#confirming !== which) {
      this.#confirming = which;
      this.draw();
      if (isAgain) this.#parts.go.focus(); // the button that was pressed is gone
      return;
    }
    this.#send(isAgain);
  }

  /** True where there was something to go back from. */
  back() {
    const was = this.#confirming !== null;
    this.#confirming = null;
    this.draw();
    return was;
  }
}
