// What a live card and a live grid do alike: draw each clip's state and picture as the model tells
// them, tick the clocks, say when the kernel has gone, tell it while clips play. It knows tiles and
// the model; how a tile looks is theirs.
import { change, make } from "./dom.js";
import { AWAY, hearBeats, keeper, lifeline, listener, locator, send, watchKernel } from "./live.js";
import { noticed } from "./notices.js";
import { drawPicture, drawStrip } from "./task.js";

const PLAYING_MS = 2000; // what plays is told so often
const HEARD_S = 5; // so long a stop may go unanswered before it is said again; then twice as long

/**
 * One clip's place in a view.
 * @typedef {object} Tile
 * @property {HTMLElement} root
 * @property {HTMLElement} frame in which its picture or clip is
 * @property {(state: any) => void} draw
 * @property {HTMLElement} strip below it, in which the frames of its clip are
 * @property {() => void} tick
 * @property {Partial<Record<"stop" | "retry", HTMLButtonElement>>} buttons
 * @property {(kind: "stop" | "retry", ask: () => void) => void} press asks, once
 * @property {any} state what was drawn
 * @property {HTMLVideoElement | null} video
 */

/**
 * The clip in its picture's place, in a box that stays as it is.
 * @param {Tile} tile
 * @param {string} src as the page sees it
 * @param {[width: number, height: number]} size
 */
function drawClip(tile, src, [width, height]) {
  const poster = tile.frame.querySelector("img")?.src;
  const title = `Clip ${tile.state.label}`;
  tile.video?.remove(); // be it on the stage
  tile.video = make("video", "", {
    src,
    title,
    poster,
    controls: true,
    loop: true,
    playsinline: true,
    preload: "none",
    width,
    height,
  });
  tile.video.muted = true;
  tile.video.dataset.src = src;
  tile.video.style.aspectRatio = `${width} / ${height}`;
  tile.frame.replaceChildren(tile.video);
  return tile.video;
}

/**
 * What the notebook saves in a view's place waits while its clips play. That they rest is told once it
 * has lasted: they stop for a moment to be sought in, or to start again at the end.
 * @param {any} model
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
function playing(model, root, signal) {
  let [toldMs, rests] = [0, 0];
  const isFull = () => root.contains(document.fullscreenElement);
  const told = (/** @type {boolean} */ on) => {
    toldMs = on ? performance.now() : 0;
    send(model, { kind: "play", on, full: isFull() });
  };
  root.addEventListener("play", () => toldMs || told(true), { capture: true, signal });
  return () => {
    const plays =
      isFull() ||
      root.hasAttribute("data-playing") ||
      [...root.querySelectorAll("video")].some(({ paused }) => !paused);
    rests = plays ? 0 : rests + 1;
    if (plays && performance.now() - toldMs >= PLAYING_MS) told(true);
    if (rests > 1 && toldMs) told(false);
  };
}

/**
 * Follow the model until the view ends; returns what ends it.
 * @param {{ model: any, el: HTMLElement }} view
 * @param {HTMLElement} root
 * @param {Tile[]} tiles
 * @param {object} of
 * @param {(tile: Tile, isNew: boolean) => void} of.play hears of each clip that is there to be played, and whether it has just been made
 * @param {() => void} of.leave
 */
export function present({ model, el }, root, tiles, { play, leave }) {
  const end = new AbortController();
  const [hear, seenAs] = [listener(model, end.signal), locator(model)];
  const keep = keeper(model, end.signal, (index) => {
    picture(index);
    looks.get(index)?.();
  });
  /** @type {Map<number, () => void>} */
  const looks = new Map(); // for a clip that only the kernel can read
  /** @type {Map<number, { state: string, wait_s: number, left_s: number }>} */
  const unheard = new Map(); // stops that no state has answered yet
  let gone = ""; // what is said of a kernel that has gone
  /** The poster of a clip, and the frames of its strip. @returns {string[]} */
  const picturesOf = (/** @type {number} */ index) => {
    const told = model.get(`poster_${index}`);
    return (keep.has(index) ?? (told.startsWith("#") ? model.get("posters")[told.slice(1)] : told)).split(" ");
  };
  function picture(/** @type {number} */ index, isNew = false) {
    const [tile, state, [poster, ...strip]] = [tiles[index], model.get(`cell_${index}`), picturesOf(index)];
    const { frame } = tile;
    // Whoever watched has the picture; what opens anew asks for it.
    if (state.final && !poster && !frame.querySelector("img, [poster]")) keep.picture(index);
    const src = state.src === AWAY ? keep.clip(index) : seenAs(state.src, () => picture(index, isNew));
    if (src && tile.video?.dataset.src !== src) {
      const video = drawClip(tile, src, state.box_px ?? model.get("board").box_px);
      looks.set(
        index,
        lifeline(video, end.signal, () => keep.clip(index)),
      );
      play(tile, isNew);
    }
    if (!tile.video && (poster || !state.final)) drawPicture(frame, poster, `Picture of ${state.label}`);
    else if (tile.video && poster) change(tile.video, "poster", poster);
    if (poster || !state.final) drawStrip(tile.strip, strip, state);
  }
  const notice = noticed(root, end.signal);
  const states = () => tiles.map((_, index) => model.get(`cell_${index}`));
  function draw(/** @type {number} */ index) {
    const [tile, state] = [tiles[index], model.get(`cell_${index}`)];
    const isNew = tile.state !== null && state.src && !tile.video;
    const isLost = gone !== "" && !state.final;
    if (unheard.get(index)?.state !== state.state) unheard.delete(index);
    tile.draw(isLost ? { ...state, note: gone, stop_hint: null, isGone: true } : state);
    tile.root.toggleAttribute("data-gone", isLost);
    picture(index, isNew);
    if (!isLost) tile.tick();
  }
  root.dataset.live = model.get("board").view ?? "";
  el.append(root);
  requestAnimationFrame(() => dispatchEvent(new Event("hailuo-begun"))); // what heals gives way
  tiles.forEach((tile, index) => {
    draw(index);
    hear(`change:cell_${index}`, () => {
      draw(index);
      notice(states());
    });
    hear(`change:poster_${index}`, () => picture(index));
    for (const [kind, button] of Object.entries(tile.buttons)) {
      const ask = () => {
        send(model, { kind, index });
        if (kind === "stop")
          unheard.set(index, { state: model.get(`cell_${index}`).state, wait_s: HEARD_S, left_s: HEARD_S });
      };
      button.addEventListener("click", () => tile.press(/** @type {"stop"} */ (kind), ask), { signal: end.signal });
    }
  });
  notice(states());
  const kernel = watchKernel(hear, (words) => {
    gone = words;
    tiles.forEach((_, index) => void draw(index));
    root.toggleAttribute(
      "data-gone",
      tiles.some(({ root: tile }) => tile.hasAttribute("data-gone")),
    );
  });
  hearBeats(model, end.signal, kernel.beat);
  const tell = playing(model, root, end.signal);
  // A connection that is being made anew loses what is said on it. To stop twice does no harm.
  function sayAgain() {
    for (const [index, stop] of unheard) {
      stop.left_s -= 1;
      if (stop.left_s > 0) continue;
      stop.left_s = stop.wait_s *= 2;
      send(model, { kind: "stop", index });
    }
  }
  const timer = setInterval(() => {
    kernel.tick();
    if (!gone) for (const tile of tiles) tile.tick();
    if (!gone) sayAgain();
    tell();
  }, 1000);
  return () => {
    leave();
    clearInterval(timer);
    end.abort();
    root.remove();
  };
}
