// What it costs, and the button that asks for it: never twice, never for more than was shown.
// All figures are Python's; only what the button is doing lives here.
import { copyText, icon, make, say } from "../dom.js";
import * as facts from "./facts.js";

const STALE_MS = 150; // a quote that comes sooner changes the price without a flicker
const GIVE_UP_MS = 3000; // a change that is taken back brings no news of the quote
const COPIED_MS = 2000;
const SENDING = "Sending…";

const paragraphs = (kind, words) => words.map((one) => make("p", kind, { dir: "auto" }, one));

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
    cell: make("button", "small plain", { type: "button", "data-as": "cell" }),
    python: make("button", "small plain", { type: "button", "data-as": "python" }),
    spoken: make("span", "spoken", { role: "status" }),
    text: make("textarea", "copied", {
      readonly: true,
      rows: 4,
      "aria-label": "The text to copy",
      spellcheck: "false",
      hidden: true,
    }),
  };
  parts.said = make(
    "div",
    "said",
    { id: `${id}-said`, "aria-live": "polite" },
    parts.confirm,
    parts.outcome,
    parts.problems,
    parts.notes,
  );
  parts.root = make(
    "div",
    "price",
    { "data-state": "ready" },
    parts.lines,
    parts.go,
    parts.again,
    parts.said,
    parts.back,
    make("div", "copies", {}, parts.cell, parts.python, parts.spoken),
    parts.text,
  );
  parts.cell.append(icon("copy"), make("span", "", {}, "Copy as cell"));
  parts.python.append(icon("copy"), make("span", "", {}, "Copy as Python"));
  return parts;
}

/**
 * `read()` gives what is to be sent, typing and all, `form()` the same without telling Python; `isTyping()` tells of what Python has not
 * heard; `placed(field)` whether a problem is shown elsewhere; `isQuiet()` whether nothing is begun;
 * `made(answer)` hears of what was sent.
 * @param {import("./wire.js").Wire} wire
 */
export function price(wire, { read, form, isTyping, placed, isQuiet, made }) {
  const parts = skeleton();
  const { signal } = wire;
  const timers = {};
  let rows = 1;
  let [isStale, isLate, isVoid, isSending, sentTurn] = [false, false, false, false, null];
  /** @type {"go" | "again" | null} */
  let confirming = null; // whose second click is awaited: "go" or "again"
  const told = () => wire.get("quote") ?? {};
  const quote = () => (isVoid ? { turn: told().turn, due: 0, credits: 0 } : told()); // no price was seen: none is agreed to
  const keyOf = ({ prompt, settings }) => JSON.stringify([prompt, facts.key(settings)]);
  const toldForm = () => keyOf({ prompt: wire.get("prompt") ?? "", settings: facts.clean(wire.get("settings") ?? {}) });
  let quoted = toldForm(); // the form that the quote is about
  const confirmOf = (which) => ({ go: quote().confirm, again: quote().again?.confirm })[which] ?? null;
  const on = (element, event, does) => element.addEventListener(event, does, { signal });

  const goWords = () => {
    if (isSending) return SENDING;
    const { button = "Generate" } = quote();
    if (confirmOf(confirming)) return confirmOf(confirming).button;
    if (isVoid) return "Generate …";
    return isLate ? `${button.split(", ")[0].replace(/\d[\d.,]*/g, "…")}, …` : button;
  };

  function draw() {
    const { clips = 0, can_send = false, again, lines = [], problems = [], notes = [] } = quote();
    const confirm = confirming && confirmOf(confirming);
    const isShown = Boolean(confirm) && !isSending;
    const isBlocked = isSending || (!can_send && !isStale);
    parts.root.dataset.state = isSending ? "sending" : isShown ? "confirm" : isLate ? "stale" : "ready";
    const isEmpty = isQuiet() && lines.length === 0; // what to do first stands where the price will be
    const shown = isEmpty ? notes : lines;
    fill(parts.lines, JSON.stringify(shown), () => shown.map((line) => make("li", "", { dir: "auto" }, line)));
    parts.go.setAttribute("aria-describedby", isEmpty ? `${parts.lines.id} ${parts.said.id}` : parts.said.id);
    parts.lines.toggleAttribute("data-priced", clips > 0);
    rows = Math.max(rows, shown.length); // room once taken stays, so that the button does not jump
    parts.lines.style.minHeight = `${rows}lh`;
    say(parts.go, goWords());
    parts.go.ariaDisabled = isBlocked ? "true" : null;
    say(parts.again, again && !isShown ? again.button : "");
    parts.again.ariaDisabled = isSending ? "true" : null;
    say(parts.confirm, isShown ? confirm.words : "");
    if (!isShown && document.activeElement === parts.back) parts.go.focus();
    parts.back.hidden = !isShown;
    const here = problems.filter(({ field }) => !placed(field)).map(({ words }) => words);
    const elsewhere = problems.length > here.length && !can_send ? ["Not yet: see the words marked above."] : [];
    fill(parts.problems, JSON.stringify([here, elsewhere, isQuiet()]), () => [
      ...paragraphs(isQuiet() ? "quiet" : "problem", here),
      ...paragraphs("quiet", elsewhere),
    ]);
    fill(parts.notes, JSON.stringify([notes, isEmpty]), () => (isEmpty ? [] : paragraphs("hint", notes)));
  }

  function fresh() {
    clearTimeout(timers.late);
    clearTimeout(timers.given);
    [isStale, isLate, isVoid] = [false, false, false];
    draw();
  }

  // A quote that does not come leaves the old one to the old form.
  function giveUp() {
    if (keyOf(form()) === quoted) return fresh();
    isVoid = true;
    draw();
  }

  function touched() {
    confirming = null;
    isStale = true;
    say(parts.outcome, "");
    clearTimeout(timers.given);
    timers.given = setTimeout(giveUp, GIVE_UP_MS);
    if (!isLate) {
      clearTimeout(timers.late);
      timers.late = setTimeout(() => {
        isLate = isStale;
        draw();
      }, STALE_MS);
    }
    draw();
  }

  function outcome(words, level) {
    say(parts.outcome, words);
    parts.outcome.className = `outcome ${level === "error" ? "problem" : "hint"}`;
    if (level === "error") wire.tell(words, "error");
  }

  async function send(isAgain) {
    const { turn, due, credits, clips, again } = quote();
    const seen = isAgain ? { due: again.due ?? clips, credits: again.credits } : { due, credits };
    const confirmed = confirming !== null;
    [isSending, confirming] = [true, null];
    wire.tell("");
    outcome("");
    draw();
    try {
      const answer = await wire.ask({ kind: "generate", turn, ...read(), seen, confirmed, again: isAgain });
      if (!answer.changed) sentTurn = turn;
      if (answer.changed) outcome(answer.words, "");
      else made(answer);
    } catch (error) {
      outcome(error.message, "error");
    }
    isSending = false;
    draw();
  }

  // The button that asks for the second click is the same for both first ones.
  function press(wantsAgain = false) {
    if (isSending) return;
    read();
    const isAgain = wantsAgain || confirming === "again";
    const { turn, can_send, again } = quote();
    const which = isAgain ? "again" : "go";
    if (turn !== undefined && turn === sentTurn) return; // Python has that one; the next quote is on its way
    if (isAgain ? !again : !can_send && !isStale) return;
    if (confirmOf(which) && confirming !== which) {
      confirming = which;
      draw();
      if (isAgain) parts.go.focus(); // the button that was pressed is gone
      return;
    }
    send(isAgain);
  }

  async function copy({ currentTarget: button }) {
    const words = button.lastChild;
    words.dataset.words ??= words.textContent;
    try {
      const { text } = await wire.ask({ kind: "copy", as: button.dataset.as, ...read() });
      parts.text.value = text;
      parts.text.hidden = await copyText(text);
      say(words, parts.text.hidden ? "Copied" : "Copy the selected text below");
      say(parts.spoken, words.textContent);
      if (!parts.text.hidden) {
        parts.text.focus();
        parts.text.select();
      }
    } catch (error) {
      outcome(error.message, "error");
    }
    clearTimeout(timers[button.dataset.as]);
    timers[button.dataset.as] = setTimeout(() => {
      say(words, words.dataset.words);
      say(parts.spoken, "");
    }, COPIED_MS);
  }

  // The second click of a double click, and a key held down, mean no second order.
  const clicked =
    (isAgain) =>
    ({ detail }) => {
      if (detail < 2) press(isAgain);
    };
  for (const [button, isAgain] of [
    [parts.go, false],
    [parts.again, true],
  ]) {
    on(button, "click", clicked(isAgain));
    on(button, "keydown", (event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
    });
  }
  const goBack = () => {
    confirming = null;
    draw();
  };
  on(parts.back, "click", () => {
    goBack();
    parts.go.focus();
  });
  for (const button of [parts.cell, parts.python]) on(button, "click", copy);
  wire.on("quote", () => {
    confirming = null;
    quoted = toldForm();
    if (isTyping()) draw();
    else fresh();
  });
  signal.addEventListener("abort", () => Object.values(timers).forEach(clearTimeout), { once: true });
  draw();
  return {
    root: parts.root,
    press,
    touched,
    draw,
    // True where there was something to go back from.
    back() {
      const was = confirming !== null;
      goBack();
      return was;
    },
  };
}
