// What a saved grid of several sheets brings along: they become tabs.
import { tabbed } from "./tabs.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".hailuo-grid:not([data-tabs])")))
  tabbed(root);
