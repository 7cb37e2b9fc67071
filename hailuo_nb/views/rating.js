// Stars, a note, tags and "this one wins" of one clip, by mouse and keyboard. It knows one rating and
// who keeps it; where it stands, and how it gets there, is not its affair.
import { claim, foreign, isChord, make, say, svg } from "./dom.js";

const STAR = "M7 .8l1.9 4 4.3.5-3.2 3 .9 4.3L7 10.5l-3.9 2.1.9-4.3-3.2-3 4.3-.5z";
const SLOW_MS = 3000;
const BUSY = "The kernel is busy with a cell; this is kept when that ends.";

export const CSS = `.hailuo-rating{font-size:12px;margin:6px 0 0;--gold:#d97706;
>div{display:flex;flex-wrap:wrap;gap:2px 0;align-items:center}
[hidden]{display:none!important}
button{display:inline-block;box-sizing:border-box;width:auto;min-width:24px;height:26px;min-height:0;margin:0;padding:0 3px;
border:1px solid transparent;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}
button:hover{background:#80808033}
:focus-visible{outline:2px solid var(--accent,#1976d2);outline-offset:-1px}
.star:has(+:not(.star)){margin-right:6px}
button:not(.star){margin-right:2px;padding:0 7px;border-color:#80808080}
.wins[aria-pressed=true]{border-color:var(--gold);font-weight:600;background:#f59e0b2e}
svg{display:block;width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.1;opacity:.75}
.on svg{fill:var(--gold);stroke:var(--gold);opacity:1}
p{margin:3px 0 0;padding:0;overflow-wrap:anywhere;white-space:pre-wrap}
.trouble{border-left:3px solid var(--gold);padding-left:8px}
form{display:grid;gap:4px;margin:4px 0 0;max-width:340px}
label{display:grid;gap:1px}
:is(input,textarea){box-sizing:border-box;width:100%;min-width:0;margin:0;padding:3px 6px;border:1px solid #80808099;border-radius:4px;
background:var(--jp-layout-color1,var(--vscode-input-background,Canvas));color:inherit;font:inherit;resize:vertical}}
@media (hover:none),(pointer:coarse){.hailuo-rating button{min-width:34px;height:36px}}
@media (forced-colors:active){.hailuo-rating .on svg{fill:Highlight;stroke:Highlight;forced-color-adjust:none}
.hailuo-rating .wins[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.hailuo-rating :is(button:not(.on),form){display:none}}`;

/**
 * @typedef {{ stars: number | null, note: string, tags: string[], wins: boolean }} Rating
 * @typedef {object} Change what of it becomes another; the rest stays as whoever kept it has it
 * @property {number} [stars] 0 takes them back
 * @property {boolean} [wins]
 * @property {[before: string, after: string]} [note]
 * @property {string[]} [add] tags
 * @property {string[]} [drop]
 * @typedef {ReturnType<typeof makeRating>} Control
 */
/** @type {Rating} */
export const NOT_RATED = { stars: null, note: "", tags: [], wins: false };

/** @param {string} text */
const wordsOf = (text) => [...new Set(text.split(/\s+/).map((word) => word.replace(/^#/, "")))].filter(Boolean);

/** @param {Rating} rating @param {Change} change @returns {Rating} */
export function changed(rating, { stars, wins, note, add = [], drop = [] }) {
  return {
    stars: stars === undefined ? rating.stars : stars || null,
    wins: wins ?? rating.wins,
    note: note ? note[1] : rating.note,
    tags: [...new Set([...rating.tags, ...add])].filter((tag) => !drop.includes(tag)).sort(),
  };
}

/** @param {string} kind @param {string} title @param {Record<string, string>} attributes @param {Node | string} shown */
const button = (kind, title, attributes, shown) =>
  make("button", kind, { type: "button", title, tabindex: "-1", ...attributes }, shown);

/** @param {number} number */
function makeStar(number) {
  const words = `${number} star${number > 1 ? "s" : ""}`;
  return button("star", `${words} (${number}); again takes them back`, { "aria-label": words }, svg(STAR, 14));
}

/** @param {string} label */
function skeleton(label) {
  const stars = [1, 2, 3, 4, 5].map(makeStar);
  const wins = button("wins", "This one wins (W)", { "aria-label": "This one wins" }, "Wins");
  const more = button(
    "more",
    "A note and tags (N)",
    { "aria-label": "Note and tags", "aria-expanded": "false" },
    "Note",
  );
  const tags = make("input", "", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: 2100 });
  const note = make("textarea", "", { rows: 2, maxlength: 2000, dir: "auto" });
  const form = make("form", "", { hidden: true }, make("label", "", {}, "Tags, apart by blanks", tags));
  form.append(make("label", "", {}, "Note", note));
  const told = make("p", "", { hidden: true });
  const trouble = make("p", "trouble", { role: "status", hidden: true });
  const bar = make("div", "", {}, ...stars, wins, more);
  const root = make(
    "div",
    "hailuo-rating",
    { role: "group", "aria-label": `Your rating of ${label}`, "data-lm-suppress-shortcuts": "true" },
    bar,
    told,
    trouble,
  );
  return { root, bar, stars, wins, more, form, tags, note, told, trouble };
}

/**
 * @param {string} label what the clip is called
 * @param {((change: Change) => Promise<Rating>) | null} ask keeps a change; promises the rating that it made, fails with
 * words; null where nothing can be changed
 */
export function makeRating(label, ask) {
  const parts = skeleton(label);
  const { root, bar, stars, wins, more, form, tags, note, told, trouble } = parts;
  const buttons = [...stars, wins, more];
  let [rating, asked] = [NOT_RATED, 0];

  /** @param {Rating} now */
  function draw(now) {
    stars.forEach((one, index) => {
      one.classList.toggle("on", index < (now.stars ?? 0));
      one.ariaPressed = String(index + 1 === now.stars);
    });
    wins.ariaPressed = String(now.wins);
    if (!form.hidden) fill(now);
    told.replaceChildren(
      ...now.tags.flatMap((tag) => [foreign(`#${tag}`), " "]),
      ...(now.note ? [now.tags.length ? "· " : "", foreign(now.note)] : []),
    );
    told.hidden = !told.textContent || !form.hidden;
    if (!ask) showOnly(now);
    if (!buttons.some((one) => one.tabIndex === 0)) tabTo(stars[0]);
  }
  /** @param {Rating} now */
  function fill(now) {
    if (document.activeElement !== tags) tags.value = now.tags.join(" ");
    if (document.activeElement !== note) note.value = now.note;
  }
  /** Who may change nothing sees what there is. @param {Rating} now */
  function showOnly(now) {
    for (const one of buttons) one.disabled = true;
    wins.hidden = !now.wins;
    more.hidden = true;
    root.hidden = !now.stars && !now.wins && told.hidden;
  }
  /** @param {Change} change */
  async function keep(change) {
    if (!ask) return;
    asked += 1;
    const mine = asked;
    say(trouble, "");
    draw(changed(rating, change));
    const slow = setTimeout(() => say(trouble, BUSY), SLOW_MS);
    try {
      rating = await ask(change);
      if (mine === asked) say(trouble, "");
    } catch (error) {
      say(trouble, /** @type {Error} */ (error).message);
    }
    clearTimeout(slow);
    if (mine === asked) draw(rating);
  }
  // One tab stop for all buttons; the arrow keys go between them.
  function tabTo(/** @type {HTMLElement} */ to) {
    for (const one of buttons) one.tabIndex = one === to ? 0 : -1;
  }
  const star = (/** @type {number} */ number) => keep({ stars: number === rating.stars ? 0 : number });
  function unfold(to = form.hidden) {
    if (to) told.after(form); // fields that nobody sees would be laid out one by one
    form.hidden = !to;
    more.ariaExpanded = String(to);
    draw(rating);
    if (to) tags.focus();
    else more.focus();
  }
  function keepTags() {
    const [before, after] = [rating.tags, wordsOf(tags.value)];
    const add = after.filter((tag) => !before.includes(tag));
    const drop = before.filter((tag) => !after.includes(tag));
    if (add.length + drop.length) keep({ add, drop });
  }
  function keepNote() {
    const after = note.value.trim();
    if (after !== rating.note) keep({ note: [rating.note, after] });
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLButtonElement} */ (event.target);
    const at = buttons.indexOf(target);
    if (at < 0) {
      event.stopPropagation(); // here keys are letters
      if (event.key === "Escape") unfold(false);
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) unfold(false);
      return;
    }
    const to = /** @type {Record<string, number>} */ ({
      ArrowLeft: (at || buttons.length) - 1,
      ArrowRight: (at + 1) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    })[event.key];
    const does = /** @type {Record<string, () => void>} */ ({ w: () => wins.click(), n: () => unfold(true) })[
      event.key
    ];
    if (isChord(event)) return;
    if (to !== undefined) buttons[to].focus();
    else if (/^[1-5]$/.test(event.key)) {
      stars[Number(event.key) - 1].focus();
      star(Number(event.key));
    } else if (event.key === "0") keep({ stars: 0 });
    else if (does) does();
    else return;
    claim(event);
  }
  stars.forEach((one, index) => {
    one.onclick = () => star(index + 1);
  });
  wins.onclick = () => keep({ wins: wins.ariaPressed !== "true" });
  more.onclick = () => unfold();
  tags.onchange = keepTags;
  note.onchange = keepNote;
  form.onsubmit = (event) => {
    event.preventDefault();
    unfold(false);
  };
  root.addEventListener("keydown", key);
  bar.addEventListener("focusin", ({ target }) => tabTo(/** @type {HTMLElement} */ (target)));
  draw(rating);
  return {
    root,
    /** What is known of it from elsewhere. @param {Rating} now */
    tell(now) {
      rating = now;
      draw(changed(now, {}));
    },
    /** Where the focus in it is, -1 for nowhere. */
    at: () => [...buttons, tags, note].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)),
    /** Take the focus there. @param {number} at */
    focus(at) {
      if (at >= buttons.length) unfold(true);
      [...buttons, tags, note][at]?.focus({ preventScroll: true });
    },
  };
}
