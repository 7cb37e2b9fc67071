// What a saved comparison brings along: its clips play together wherever the notebook shows it.
// A live grid beside it enhances itself, once it has clips.
import { follow } from "../dom.js";
import { enhance } from "./compare.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)")
))
  follow(root, enhance);
