// The booth in the panel: the clips that are picked, two at a time; Python keeps each vote and knows
// what they say. It knows the panel's wire and player, not how clips are picked.
import { make } from "../dom.js";
import { booth } from "../judge/booth.js";

/**
 * @param {import("./wire.js").Wire} wire
 * @param {import("./player.js").Player} player
 * @param {string[]} ids of the clips
 * @param {(words: string) => void} told hears how loading goes
 */
export function judging(wire, player, ids, told) {
  const result = make("div");
  const again = make("button", "", { type: "button" }, "Go on voting");
  const ended = make("div", "hailuo-judged", { hidden: true }, result, again);
  /** @param {string} does @param {object} [more] */
  async function ask(does, more = {}) {
    try {
      const { ballot, html } = await wire.ask({ kind: "judge", ids, does, ...more });
      ended.hidden = !html;
      view.root.hidden = Boolean(html);
      result.innerHTML = html ?? ""; // markup from Python
      view.wait(false);
      if (html) again.focus();
      else view.draw(ballot);
    } catch (error) {
      view.fail(error.message);
    }
  }
  const view = booth(
    {
      vote: (turn, outcome) => void ask("vote", { turn, outcome }),
      undo: (turn) => void ask("undo", { turn }),
      enough: () => void ask("result"),
      source: ({ id, src }) => player.address({ id, src: src ?? "" }, told),
      watch() {},
    },
    "Show the result",
  );
  again.addEventListener("click", () => ask("look"), { signal: wire.signal });
  const root = make("div", "", {}, view.root, ended);
  return { root, leave: view.leave, begin: () => ask("look"), focus: () => view.root.focus({ preventScroll: true }) };
}
