// The live grid: draws many tasks' states, ticks their clocks, sends what is asked of one.
// All facts come from the model; only clocks and the buttons' looks live here. Text is set as
// text, never as markup.
import { enhance } from "../compare/compare.js";
import { paced, say } from "../dom.js";
import { skeleton } from "./board.js";
import { drawBox, drawCell, press, preview, tickCell } from "./cell.js";
import { tabbed } from "./tabs.js";

/**
 * The notebook knows where its files lie as the page sees them; it may be asked, and answers later.
 * @param {{ widget_manager?: { resolveUrl?: (src: string) => Promise<string> } }} model
 */
function locator({ widget_manager: notebook }) {
  /** @type {Map<string, string | null>} */
  const known = new Map();
  return (/** @type {string | null} */ src, /** @type {() => void} */ then) => {
    if (!src || !notebook?.resolveUrl || /^(data|blob|https?):/.test(src)) return src;
    if (!known.has(src)) {
      known.set(src, null);
      notebook
        .resolveUrl(src)
        .catch(() => src)
        .then((address) => {
          known.set(src, address);
          then();
        });
    }
    return known.get(src) ?? null;
  };
}

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
  const hear = (/** @type {string} */ name, /** @type {() => void} */ does) => {
    model.on(`change:${name}`, does);
    end.signal.addEventListener("abort", () => model.off(`change:${name}`, does));
  };
  const posterOf = (/** @type {number} */ index) => {
    const poster = model.get(`poster_${index}`);
    return poster.startsWith("#") ? model.get("posters")[poster.slice(1)] : poster;
  };
  const seenAs = locator(model);
  function picture(/** @type {number} */ index, isNew = false) {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    drawBox(cell, { ...state, src: seenAs(state.src, () => picture(index, isNew)) }, posterOf(index));
    if (!cell.video) return;
    leave ??= enhance(root);
    if (isNew) preview(root, cell.video);
  }
  function draw(/** @type {number} */ index) {
    const [cell, state] = [cells[index], model.get(`cell_${index}`)];
    const isNew = cell.state !== null && state.src && !cell.video;
    drawCell(cell, state);
    picture(index, isNew);
    tickCell(cell);
  }
  const tell = () => {
    say(progress, model.get("progress"));
    voice.hear(model.get("progress"));
  };
  tabbed(root);
  el.append(root);
  cells.forEach((cell, index) => {
    draw(index);
    hear(`cell_${index}`, () => draw(index));
    hear(`poster_${index}`, () => picture(index));
    for (const kind of /** @type {const} */ (["stop", "retry"])) {
      cell.parts[kind].addEventListener("click", () => press(cell, kind, () => model.send({ kind, index })), {
        signal: end.signal,
      });
    }
  });
  hear("progress", tell);
  tell();
  const timer = setInterval(() => cells.forEach(tickCell), 1000);
  return () => {
    leave?.();
    clearInterval(timer);
    voice.end();
    end.abort();
    root.remove();
  };
}

export default { render };
