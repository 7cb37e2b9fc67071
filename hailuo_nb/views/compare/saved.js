// What a saved comparison brings along: its clips play together wherever the notebook shows it, and
// stand in the order of what was measured of them. A live grid beside it
// enhances itself, once it has clips.
import { follow } from "../dom.js";
import { measured } from "../measures.js";
import { enhance } from "./compare.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)")
))
  follow(root, (shown) => {
    const ends = [enhance(shown), measured(shown)];
    return () => {
      for (const end of ends) end();
    };
  });
