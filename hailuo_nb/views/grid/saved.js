// What a saved grid of tables brings along: any axis on rows, columns or tabs.
import { arranged } from "./arrange.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".hailuo-grid:not([data-tabs])")))
  arranged(root);
