// The prompt: writing it, camera commands at the caret, its length, and the prompts it makes.
// What a text makes is Python's to say; here it is shown.
import { foreign, hit, make, say } from "../dom.js";
import * as facts from "./facts.js";

const SHOWN = 3;
const NARROW_PX = 560;

// Undo knows what execCommand inserts, so it goes first, deprecated as it is.
function insert(area, words) {
  area.focus();
  const before = area.value;
  if (document.execCommand("insertText", false, words) && area.value !== before) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function cameraRow(cameras, area, signal) {
  const buttons = cameras.map(({ name, does }) =>
    make("button", "small camera", { type: "button", title: does, "data-name": name }, name),
  );
  const more = make("button", "small plain fold", { type: "button", "aria-expanded": "false", hidden: true });
  const row = make("div", "cameras", { role: "group", "aria-label": "Camera commands" }, ...buttons, more);
  let [isOpen, width_px] = [false, 0];
  // One line where there is little room: what would wrap is hidden behind the last button.
  function fold() {
    for (const button of buttons) button.hidden = false;
    const isNarrow = width_px > 0 && width_px < NARROW_PX;
    more.hidden = !isNarrow;
    say(more, isOpen ? "Fewer" : `All ${buttons.length}`);
    more.setAttribute("aria-expanded", String(isOpen));
    more.hidden = !isNarrow;
    if (!isNarrow || isOpen) return;
    for (let last = buttons.length - 1; last > 0 && more.offsetTop > buttons[0].offsetTop; last -= 1)
      buttons[last].hidden = true;
  }
  row.addEventListener(
    "mousedown",
    (event) => {
      if (hit(event, ".camera")) event.preventDefault();
    },
    { signal },
  );
  row.addEventListener(
    "click",
    (event) => {
      const { name } = hit(event, ".camera")?.dataset ?? {};
      if (!name) return;
      const before = area.value.slice(0, area.selectionStart);
      insert(area, `${before && !/[\s{|]$/.test(before) ? " " : ""}[${name}] `);
    },
    { signal },
  );
  more.addEventListener(
    "click",
    () => {
      isOpen = !isOpen;
      fold();
    },
    { signal },
  );
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (Math.round(contentRect.width) === width_px) return;
    width_px = Math.round(contentRect.width);
    fold();
  });
  observer.observe(row);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  return row;
}

const entry = ({ label, text }) =>
  make("li", "", {}, label ? make("strong", "", {}, foreign(label)) : null, make("p", "", { dir: "auto" }, text));

// The prompts that are made, folded after the first few; and what is left out, with reasons.
function preview() {
  const parts = {
    title: make("summary"),
    first: make("ol"),
    rest: make("ol"),
    more: make("summary"),
    others: make("p", "quiet"),
    left: make("ul", "left-out"),
  };
  parts.fold = make("details", "", { hidden: true }, parts.more, parts.rest);
  parts.made = make(
    "details",
    "made",
    { open: true, hidden: true },
    parts.title,
    parts.first,
    parts.fold,
    parts.others,
  );
  parts.out = make("details", "made", { open: true, hidden: true }, make("summary", "", {}, "Left out"), parts.left);
  let drawn = "";
  function draw({ prompts: made = [], more_prompts = 0, left_out = [] }) {
    const key = JSON.stringify([made, more_prompts, left_out]);
    if (key === drawn) return;
    drawn = key;
    parts.made.hidden = made.length < 2;
    say(parts.title, `Makes ${made.length + more_prompts} prompts`);
    parts.first.replaceChildren(...made.slice(0, SHOWN).map(entry));
    parts.rest.replaceChildren(...made.slice(SHOWN).map(entry));
    say(parts.more, `${Math.max(0, made.length - SHOWN)} more`);
    parts.fold.hidden = made.length <= SHOWN;
    say(parts.others, more_prompts ? `and ${more_prompts} others` : "");
    parts.out.hidden = left_out.length === 0;
    parts.left.replaceChildren(
      ...left_out.map(([label, reason]) =>
        make("li", "", {}, make("strong", "", {}, foreign(label)), " ", foreign(reason)),
      ),
    );
  }
  return { roots: [parts.made, parts.out], draw };
}

/**
 * `limit()` is that of the chosen models; `touched` hears of every key,
 * `changed` of what came to be the prompt.
 * @param {import("./wire.js").Wire} wire
 */
export function prompts(wire, { limit, touched, changed }) {
  const id = facts.uid("prompt");
  const { signal } = wire;
  const parts = {
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
  };
  parts.how.append(
    make("code", "", {}, "{slow|fast}"),
    " tries both; a line ",
    make("code", "", {}, "---"),
    " starts another prompt.",
  );
  const seen = preview();
  const { area } = parts;
  let isMine = false; // there is typing that Python does not know
  let said = [];
  const root = make(
    "div",
    "script",
    {},
    make("div", "head", {}, make("label", "legend", { for: id }, "Prompt"), parts.count),
    area,
    make("div", "said", { "aria-live": "polite" }, parts.problem),
    cameraRow(wire.get("catalogue").cameras, area, signal),
    parts.how,
    ...seen.roots,
  );

  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  // With several prompts, or texts put in, only Python knows the longest.
  function count() {
    const quote = wire.get("quote") ?? {};
    const isMade = quote.prompts?.length > 1 || area.value.includes("{{");
    const chars = isMade && quote.chars !== undefined ? quote.chars : [...area.value].length;
    const max = limit();
    const over = chars - max;
    say(parts.count, `${isMade ? "longest " : ""}${chars} / ${max}${over > 0 ? `, ${over} too many` : ""}`);
    parts.count.classList.toggle("over", over > 0);
    const words = said.length
      ? said.join(" ")
      : over > 0
        ? `The prompt is ${over} characters too long for this model.`
        : "";
    say(parts.problem, words);
    area.setAttribute("aria-invalid", String(Boolean(words)));
  }

  function follow() {
    const told = wire.get("prompt") ?? "";
    if (isMine && told !== area.value) return;
    isMine = false;
    if (area.value !== told) area.value = told;
    grow();
    count();
  }

  area.addEventListener(
    "input",
    () => {
      isMine = area.value !== wire.get("prompt");
      touched();
      wire.later("prompt", area.value);
      grow();
      count();
    },
    { signal },
  );
  area.addEventListener("blur", wire.flush, { signal });
  wire.on("prompt", () => {
    follow();
    changed();
  });
  wire.on("quote", () => {
    seen.draw(wire.get("quote"));
    count();
  });
  follow();
  seen.draw(wire.get("quote") ?? {});
  return {
    root,
    area,
    count,
    text: () => area.value,
    isTyping: () => isMine,
    problems(words) {
      said = words;
      count();
    },
  };
}
