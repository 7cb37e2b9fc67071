// What a saved card brings along: its clip gets the card's player.
import { follow } from "../dom.js";
import { enhance } from "./player.js";

for (const figure of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("figure.hailuo-card:not([data-clip])")
)) {
  const [video, bar] = [figure.querySelector("video"), figure.querySelector(".hailuo-bar")];
  figure.dataset.clip = "on";
  figure.dataset.prompt = figure.querySelector(".hailuo-prompt")?.textContent ?? "";
  if (video && bar) follow(figure, () => enhance(figure, video, bar));
}
