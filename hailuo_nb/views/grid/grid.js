// The live grid: many tasks on one board, and how far they are. All facts come from the model; text
// is set as text, never as markup.
import { describe } from "../actions.js";
import { enhance } from "../compare/compare.js";
import { paced, say } from "../dom.js";
import { measured } from "../measures.js";
import { mayPreview } from "../task.js";
import { present } from "../view.js";
import { arranged } from "./arrange.js";
import { skeleton } from "./board.js";

/**
 * A screen reader hears how far it is, but not of each of many that end together.
 * @param {HTMLElement} spoken
 */
function teller(spoken) {
  let words = "";
  const { hear, end } = paced(() => {
    spoken.textContent = words;
  });
  return {
    /** @param {string} newest */
    hear(newest) {
      if (newest === words) return;
      words = newest;
      hear();
    },
    end,
  };
}

/**
 * What ends before one's eyes plays through once, unless something plays already.
 * @param {HTMLElement} root
 * @param {HTMLVideoElement} video
 */
function preview(root, video) {
  const isQuiet =
    !root.hasAttribute("data-playing") && [...root.querySelectorAll("video")].every(({ paused }) => paused);
  if (mayPreview(video, isQuiet)) video.play().catch(() => {});
}

/** @param {{ model: any, el: HTMLElement }} view */
function render(view) {
  const { model } = view;
  const board = model.get("board");
  const { root, cells, measures, plan, progress, spoken } = skeleton(board);
  const voice = teller(spoken);
  /** @type {(() => void) | null} */
  let leave = null;
  arranged(root);
  const sorting = measured(root);
  for (const [index, cell] of cells.entries()) {
    const { draw } = cell;
    cell.draw = (told) => {
      const state = { ...told, measures: { ...told.measures, ...board.votes[index] } };
      draw(state);
      describe(cell.root, state, board.prompt?.join("") ?? board.prompts[index]);
      if (measures.draw()) sorting.renew();
    };
  }
  // What it was to cost and take is said until it is known.
  const tell = () => {
    const [words, isOver] = [model.get("progress"), cells.every((_, index) => model.get(`cell_${index}`).final)];
    say(plan, isOver ? words : model.get("board").plan);
    say(progress, isOver ? "" : words);
    voice.hear(words);
  };
  model.on("change:progress", tell);
  tell();
  return present(view, root, cells, {
    play({ video }, isNew) {
      leave ??= enhance(root);
      if (isNew && video) queueMicrotask(() => preview(root, video)); // the others have taken it in by then
    },
    leave() {
      leave?.();
      voice.end();
      model.off("change:progress", tell);
    },
  });
}

export default { render };
