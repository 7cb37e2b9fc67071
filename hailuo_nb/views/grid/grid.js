// The live grid: draws many tasks' states, ticks their clocks, sends what is asked of one.
// All facts come from the model; only clocks and the buttons' looks live here. Text is set as
// text, never as markup.
import { enhance } from "../compare/compare.js";
import { paced, say } from "../dom.js";
import { AWAY, GONE, keeper, lifeline, listener, locator, send, watchKernel } from "../live.js";
import { skeleton } from "./board.js";
import { drawBox, drawCell, hasPicture, press, preview, tickCell } from "./cell.js";
import { tabbed } from "./tabs.js";

const PLAYING_MS = 2000; // what plays is told so often

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

/** @param {{ model: any, el: HTMLElement }} view */
function render({ model, el }) {
  const { root, cells, progress, spoken } = skeleton(model.get("board"));
  const [end, voice] = [new AbortController(), teller(spoken)];
  /** @type {(() => void) | null} */
  let leave = null;
  const hear = listener(model, end.signal);
  const keep = keeper(model, end.signal, (index) => {
    picture(index);
    looks.get(index)?.();
  });
  const posterOf = (/** @type {number} */ index) => {
    const poster = model.get(`poster_${index}`);
    return keep.has(index) ?? (poster.startsWith("#") ? model.get("posters")[poster.slice(1)] : poster);
  };
  const seenAs = locator(model);
  /** @type {Map<number, () => void>} */
  const looks = new Map(); // for a clip that only the kernel can read
  let isGone = false;
  function picture(/** @type {number} */ index, isNew = false) {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    // Whoever watched has the picture; what opens anew asks for it.
    if (state.final && !posterOf(index) && !hasPicture(cell)) keep.picture(index);
    const before = cell.video;
    const src = state.src === AWAY ? keep.clip(index) : seenAs(state.src, () => picture(index, isNew));
    drawBox(cell, { ...state, src }, posterOf(index));
    if (!cell.video) return;
    if (cell.video !== before)
      looks.set(
        index,
        lifeline(cell.video, end.signal, () => keep.clip(index)),
      );
    leave ??= enhance(root);
    if (isNew) preview(root, cell.video);
  }
  function draw(/** @type {number} */ index) {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    const isNew = cell.state !== null && state.src && !cell.video;
    const isLost = isGone && !state.final;
    drawCell(cell, isLost ? { ...state, note: GONE, stop_hint: null } : state);
    cell.figure.toggleAttribute("data-gone", isLost);
    picture(index, isNew);
    if (!isLost) tickCell(cell);
  }
  const tell = () => {
    say(progress, model.get("progress"));
    voice.hear(model.get("progress"));
  };
  // What the notebook saves in its place waits while clips play. That they rest is told once it has
  // lasted: they stop for a moment to be sought in, or to start again at the end.
  let [toldMs, rests] = [0, 0];
  const told = (/** @type {boolean} */ on) => {
    toldMs = on ? performance.now() : 0;
    send(model, { kind: "play", on });
  };
  const isPlaying = () =>
    root === document.fullscreenElement || [...root.querySelectorAll("video")].some(({ paused }) => !paused);
  function tellPlaying() {
    const plays = isPlaying();
    rests = plays ? 0 : rests + 1;
    if (plays && performance.now() - toldMs >= PLAYING_MS) told(true);
    if (rests > 1 && toldMs) told(false);
  }
  root.addEventListener("play", () => toldMs || told(true), { capture: true, signal: end.signal });
  tabbed(root);
  el.append(root);
  cells.forEach((cell, index) => {
    draw(index);
    hear(`change:cell_${index}`, () => draw(index));
    hear(`change:poster_${index}`, () => picture(index));
    for (const kind of /** @type {const} */ (["stop", "retry"])) {
      cell.parts[kind].addEventListener("click", () => press(cell, kind, () => send(model, { kind, index })), {
        signal: end.signal,
      });
    }
  });
  hear("change:progress", tell);
  watchKernel(hear, (gone) => {
    isGone = gone;
    cells.forEach((_, index) => void draw(index));
  });
  tell();
  const timer = setInterval(() => {
    if (!isGone) cells.forEach(tickCell);
    tellPlaying();
  }, 1000);
  return () => {
    leave?.();
    clearInterval(timer);
    voice.end();
    end.abort();
    root.remove();
  };
}

export default { render };
