// Two clips at a time, and what is said of them: by click or key, with the player of several.
// It knows a ballot and whom to tell, be it a kernel or the page itself; never a name or a prompt.
import { enhance } from "../compare/compare.js";
import { KEYS } from "../compare/tools.js";
import { change, claim, make, say } from "../dom.js";

/**
 * @typedef {{ index: number, id: string, src: string | null, poster: string, seconds: number, box_px: number[], simulated: boolean }} Side
 * @typedef {object} Ballot
 * @property {number} turn
 * @property {Side[]} clips
 * @property {string} progress
 * @property {boolean} can_undo
 * @property {boolean} decided
 * @typedef {"left" | "right" | "tie" | "skip"} Outcome
 * @typedef {object} Court who is told
 * @property {(turn: number, outcome: Outcome) => void} vote
 * @property {(turn: number) => void} undo
 * @property {() => void} enough
 * @property {(side: Side) => Promise<string>} source where a clip is, as the page sees it
 * @property {(video: HTMLVideoElement, side: Side) => void} watch a clip that may fail to load
 */

/** @type {Record<string, [words: string, key: string, said?: string]>} */
const ACTS = {
  left: ["A is better", "A", "A was better."],
  tie: ["No difference", "T", "No difference."],
  right: ["B is better", "B", "B was better."],
  skip: ["Skip", "S", "Skipped."],
  undo: ["Undo", "U", "Taken back."],
  enough: ["", "E"],
};
const VOTE_KEYS = {
  A: "clip A is better",
  B: "clip B is better",
  T: "no difference",
  S: "skip: no answer",
  "U Backspace": "take the last vote back",
  E: "enough for now: end, or pause",
};
const { X: _, ...PLAYER_KEYS } = KEYS; // A and B stay where they are
const ALL_KEYS = { ...VOTE_KEYS, ...PLAYER_KEYS, ...VOTE_KEYS }; // votes first, and theirs is what both would take

/** @param {Side} side @param {string} letter */
function figureOf(side, letter) {
  const [width, height] = side.box_px;
  const style = `aspect-ratio:${width}/${height}`;
  const still = side.poster
    ? make("img", "seen", { src: side.poster, alt: `Clip ${letter}`, width, height, style })
    : make("div", "seen", { style });
  const caption = make("figcaption", "", {}, make("strong", "", {}, letter));
  const label = letter === "A" ? "left" : "right";
  return make("figure", "hailuo-clip", { "data-label": label, "data-seconds": side.seconds }, still, caption);
}

/** @param {Side} side @param {string} letter @param {string} src */
function videoOf(side, letter, src) {
  const [width, height] = side.box_px;
  const style = `aspect-ratio:${width}/${height}`;
  const facts = { src, poster: side.poster || null, title: `Clip ${letter}`, width, height, style };
  const video = make("video", "seen", { ...facts, loop: true, playsinline: true, preload: "auto" });
  video.muted = true;
  return video;
}

/** @param {string} enough */
function skeleton(enough) {
  const buttons = Object.fromEntries(
    Object.entries(ACTS).map(([name, [words, key]]) => [
      name,
      make("button", name, { type: "button" }, words || enough, " ", make("kbd", "", { "aria-hidden": "true" }, key)),
    ]),
  );
  const parts = {
    bar: make("div", "hailuo-bar"),
    clips: make("div", "hailuo-clips"),
    said: make("span", "said"),
    progress: make("span", ""),
    trouble: make("p", "trouble", { role: "alert", hidden: true }),
    mark: make("strong", "badge", { hidden: true, title: "Made by the built-in simulator" }, "SIMULATED"),
  };
  const asked = make("p", "asked", {}, "Which clip is better? ", parts.mark);
  const status = make("p", "tally", { role: "status" }, parts.said, " ", parts.progress);
  const votes = make("div", "votes", { role: "group", "aria-label": "Your vote" }, ...Object.values(buttons));
  const root = make(
    "div",
    "hailuo-compare hailuo-judge",
    { "aria-label": "Two clips to choose between", role: "group", tabindex: 0 },
    asked,
    parts.bar,
    parts.clips,
    votes,
    status,
    parts.trouble,
  );
  return { root, buttons, ...parts };
}

/** @param {Court} court @param {string} enough what the button says that ends it for now */
export function booth(court, enough) {
  const { root, buttons, clips, said, progress, trouble, mark } = skeleton(enough);
  /** @type {Ballot | null} */
  let shown = null;
  /** @type {ReturnType<typeof enhance> | null} */
  let player = null;
  let [isWaiting, words] = [false, ""];
  const end = new AbortController();
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** @param {string} name */
  function act(name) {
    if (isWaiting || !shown || (name === "undo" && !shown.can_undo)) return;
    wait(true);
    words = ACTS[name][2] ?? "";
    if (name === "undo") court.undo(shown.turn);
    else if (name === "enough") court.enough();
    else court.vote(shown.turn, /** @type {Outcome} */ (name));
  }
  /** @param {boolean} on */
  function wait(on) {
    isWaiting = on;
    for (const [name, button] of Object.entries(buttons))
      change(button, "aria-disabled", on || (name === "undo" && !shown?.can_undo));
  }
  const more = Object.fromEntries(Object.entries(ACTS).map(([name, [, key]]) => [key.toLowerCase(), () => act(name)]));
  const keys = { ...more, Backspace: () => act("undo"), x: () => {} };

  /** @param {Ballot} ballot @param {boolean} isNext */
  async function mount(ballot, isNext) {
    const figures = ballot.clips.map((side, at) => figureOf(side, "AB"[at]));
    clips.replaceChildren(...figures);
    const sources = await Promise.all(ballot.clips.map(court.source));
    if (shown !== ballot || end.signal.aborted) return;
    ballot.clips.forEach((side, at) => {
      const video = videoOf(side, "AB"[at], sources[at]);
      court.watch(video, side);
      figures[at].firstElementChild?.replaceWith(video);
    });
    player ??= enhance(root, { more: keys, keys: ALL_KEYS });
    player.restart(isNext && !isCalm);
  }

  for (const [name, button] of Object.entries(buttons))
    button.addEventListener("click", () => act(name), { signal: end.signal });
  const held = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat && event.key.toLowerCase() in more) claim(event); // a key that is held is one vote
  };
  root.addEventListener("keydown", held, { capture: true, signal: end.signal });
  wait(true);

  return {
    root,
    wait,
    /** @param {Ballot} ballot */
    draw(ballot) {
      const before = shown;
      shown = ballot;
      wait(false);
      say(said, words);
      say(progress, ballot.progress);
      say(trouble, "");
      mark.hidden = !ballot.clips.every(({ simulated }) => simulated);
      root.toggleAttribute("data-decided", ballot.decided);
      if (before?.turn !== ballot.turn || !clips.childElementCount) mount(ballot, before !== null);
    },
    /** @param {string} why */
    fail(why) {
      wait(false);
      say(trouble, why);
    },
    leave() {
      end.abort();
      player?.();
      root.remove();
    },
  };
}
