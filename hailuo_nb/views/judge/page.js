// The page on which a class votes: no kernel, no network. It keeps its votes where the browser lets it,
// and saves them as a small file. Text is set as text, never as markup. It stands in one bundle with
// the live view, which has the same booth: the page's root element says which of them is wanted.
import { make, say } from "../dom.js";
import { booth } from "./booth.js";
import { election } from "./elect.js";

const VERSION = 1;
const NAME_MAX = 100;
const FULL = 20_000; // more votes no file may hold

/**
 * @typedef {import("./elect.js").Vote} Vote
 * @typedef {import("./elect.js").Pair} Pair
 * @typedef {import("./booth.js").Side & { prompt: number }} Film
 * @typedef {{ judge: string, votes: Vote[], pair: Pair | null }} Kept
 */

/** @typedef {{ experiment: string, digest: string, clips: Film[] }} Asked */

/** @param {Asked} asked */
const shelfOf = ({ experiment, digest }) => `hailuo-votes ${experiment} ${digest}`;

/** What this browser has kept. @param {Asked} asked @returns {Kept} */
function keptOf(asked) {
  const kept = { judge: "", votes: [], pair: null };
  try {
    return Object.assign(kept, JSON.parse(localStorage.getItem(shelfOf(asked)) ?? "{}"));
  } catch {
    return kept; // it is not ours to keep anything here, or what is kept is damaged
  }
}

/** @param {Asked} asked @param {Kept} kept */
function keep(asked, kept) {
  try {
    localStorage.setItem(shelfOf(asked), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** No two of a judge's votes are of one moment. @param {Vote[]} votes */
function now_s(votes) {
  const last = Math.max(0, ...votes.map(({ at }) => at));
  return Math.max(Date.now() / 1000, last + 0.001);
}

/** @param {string} typed */
function nameOf(typed) {
  const visible = typed.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").replace(/\p{Zs}/gu, " ");
  return [...visible.trim()].slice(0, NAME_MAX).join("").trim();
}

/** @param {Asked} asked @param {Kept} kept */
function save({ experiment, digest }, { judge, votes }) {
  const text = JSON.stringify({ votes_version: VERSION, experiment, digest, votes }, null, 1);
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const word = (/** @type {string} */ said) => said.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40);
  const link = make("a", "", { href, download: `votes-${word(experiment)}-${word(judge)}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** @param {Asked} asked */
function begin(asked) {
  const kept = keptOf(asked);
  const clips = new Map(asked.clips.map((clip) => [clip.id, clip]));
  const prompts = new Map(asked.clips.map(({ id, prompt }) => [id, prompt]));
  const [main, title] = [/** @type {HTMLElement} */ (document.querySelector("main")), make("h1")];
  const titled = () =>
    say(title, [asked.experiment ? `Vote: ${asked.experiment}` : "Vote", kept.judge].filter(Boolean).join(" · "));
  titled();
  const warning = make("p", "", { role: "status", hidden: true });
  const name = make("input", "", { id: "name", maxlength: NAME_MAX, autocomplete: "name", required: true });
  const how = "Two clips at a time: say which is better. What you say stays on this page until you hand in its file.";
  const go = make("button", "", { type: "submit" }, "Begin");
  const label = make("label", "", { for: "name" }, "Your name, as the result will call you ");
  const form = make("form", "hailuo-judged", {}, make("p", "", {}, how), label, name, " ", go);
  const over = make("p");
  const acts = ["Save the votes", "Go on voting", "Save, then somebody else votes"];
  const [saves, further, another] = acts.map((words) => make("button", "", { type: "button" }, words));
  const buttons = [saves, " ", further, " ", another];
  const end = make("section", "hailuo-judged", { hidden: true, "aria-label": "Your votes" }, over, ...buttons);
  const view = booth({ vote, undo, enough, source: async ({ src }) => src ?? "", watch() {} }, "Done for now");
  view.root.hidden = true;
  main.append(title, warning, form, view.root, end);

  /** @param {Pair | null} [pair] */
  function ask(pair) {
    const held = election(prompts, kept.votes);
    kept.pair = pair ?? held.next();
    if (!keep(asked, kept)) say(warning, "This browser keeps no votes: save them before you close the page.");
    const own = held.votes.length;
    const words = `${own} vote${own === 1 ? "" : "s"} of yours.`;
    const decided = held.isDecided();
    const sides = [kept.pair.left, kept.pair.right].map((id) => /** @type {Film} */ (clips.get(id)));
    view.draw({
      turn: kept.votes.length,
      clips: sides,
      progress: decided ? `${words} By them one is better than each other one.` : words,
      can_undo: own > 0,
      decided,
    });
    return own;
  }
  /** @param {number} turn @param {import("./booth.js").Outcome} outcome */
  function vote(turn, outcome) {
    if (!kept.pair || turn !== kept.votes.length) return;
    if (turn >= FULL) return view.fail("This page holds no more votes: save them.");
    kept.votes.push({ id: newId(), judge: kept.judge, ...kept.pair, outcome, at: now_s(kept.votes), undoes: null });
    ask();
  }
  function undo() {
    const last = election(prompts, kept.votes).votes.at(-1);
    if (!last) return;
    kept.votes.push({ ...last, id: newId(), at: now_s(kept.votes), undoes: last.id });
    const { left, right, repeat } = last;
    ask({ left, right, repeat });
  }
  function enough() {
    const own = election(prompts, kept.votes).votes.length;
    say(over, `Thank you, ${kept.judge}: ${own} vote${own === 1 ? "" : "s"}. Save the file and hand it in.`);
    view.wait(false);
    view.root.hidden = true;
    end.hidden = false;
    saves.focus();
  }
  function vote_on() {
    form.hidden = end.hidden = true;
    view.root.hidden = false;
    const pair = kept.pair;
    ask(pair && clips.has(pair.left) && clips.has(pair.right) ? pair : null);
    view.root.focus();
  }
  /** Several may share a browser: nobody's votes are another's. */
  function begin_anew() {
    if (kept.votes.length) save(asked, kept);
    Object.assign(kept, { judge: "", votes: [], pair: null });
    keep(asked, kept);
    titled();
    name.value = "";
    form.hidden = false;
    end.hidden = true;
    name.focus();
  }
  saves.addEventListener("click", () => save(asked, kept));
  another.addEventListener("click", begin_anew);
  further.addEventListener("click", vote_on);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    kept.judge = nameOf(name.value);
    titled();
    if (kept.judge) vote_on();
  });
  if (kept.judge) vote_on();
  else name.focus();
}

/** Begin, where this is the page of a class. */
export function openPage() {
  if (document.documentElement.id === "hailuo-votes")
    begin(JSON.parse(document.getElementById("asked")?.textContent ?? ""));
}
