// One player for a card's clip, a tile's and a comparison's: frames, speeds, keys, seeking.
// It knows videos and decks, what the keys drive; it draws nothing.
import { claim, isChord } from "./dom.js";

export const FPS = 24;
export const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
export const HALF_S = 0.5 / FPS;

/** @param {number} time_s */
export const frameAt = (time_s) => Math.floor(time_s * FPS + 0.01);
/** @param {number} frame */
export const middleOf = (frame) => (frame + 0.5) / FPS;
/** @param {number} value @param {number} least @param {number} most */
export const within = (value, least, most) => Math.min(Math.max(value, least), most);
/** @param {HTMLVideoElement} video */
export const canSeek = ({ seekable }) => seekable.length > 0 && seekable.end(seekable.length - 1) > 0;

/**
 * Tell whether a clip has sound, as far as is known: all know once it is loaded, some only then.
 * @param {any} video an HTMLVideoElement, with what single browsers know
 */
export const hasSound = (video) =>
  Boolean(video.audioTracks?.length || video.mozHasAudio || video.webkitAudioDecodedByteCount);

// ---- a server without Range lets nobody seek: play a copy held by the page instead

/** @type {WeakMap<HTMLVideoElement, string>} */
const addresses = new WeakMap();

/**
 * Tell whether it plays its copy, from where it is loaded anew.
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
export async function holdCopy(video, signal) {
  addresses.set(video, video.getAttribute("src") ?? "");
  const reply = await fetch(video.src, { cache: "no-store" });
  const copy = await reply.blob();
  if (!signal.aborted) video.src = URL.createObjectURL(copy);
}

/** @param {HTMLVideoElement} video */
export const isHeld = (video) => addresses.has(video);

/** @param {HTMLVideoElement} video */
export function letGo(video) {
  const address = addresses.get(video);
  addresses.delete(video);
  if (address === undefined || video.getAttribute("src") === address) return;
  URL.revokeObjectURL(video.src);
  video.setAttribute("src", address);
}

// ---- keys

/**
 * What keys drive: one clip, or several in lockstep.
 * @typedef {object} Deck
 * @property {() => void} toggle plays or pauses
 * @property {(frames: number) => void} step
 * @property {(time_s: number) => void} seek
 * @property {() => number} time in seconds
 * @property {() => number} length in seconds
 * @property {() => void} loop
 * @property {(by: number) => void} accelerate by so many of the speeds
 * @property {() => void} sound
 * @property {() => void} full
 * @property {HTMLVideoElement} [video] the one clip that it drives
 */

/** What a deck does by each key. @param {Deck} deck @returns {Record<string, () => void>} */
function keysOf({ toggle, step, seek, time, length, loop, accelerate, sound, full }) {
  const [back, next, slower, faster] = [() => step(-1), () => step(1), () => accelerate(-1), () => accelerate(1)];
  return {
    " ": toggle,
    k: toggle,
    ",": back,
    ArrowLeft: back,
    ".": next,
    ArrowRight: next,
    j: () => seek(time() - 1),
    l: () => seek(time() + 1),
    Home: () => seek(0),
    End: () => seek(length()),
    "-": slower,
    "[": slower,
    "+": faster,
    "]": faster,
    r: loop,
    m: sound,
    f: full,
  };
}
const SHIFTED = { ArrowLeft: "j", ArrowRight: "l" };

/**
 * Do what a key means to a deck; keys that a control below needs itself are left to it.
 * @param {KeyboardEvent} event
 * @param {Deck} deck
 * @param {Record<string, () => void>} [own] keys of this player alone
 */
export function pressKey(event, deck, own = {}) {
  const target = /** @type {Element} */ (event.target);
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isTaken =
    target.closest("select,textarea,[contenteditable]") ||
    (name === " " && target.closest("button,summary,a,.pick")) ||
    (name.startsWith("Arrow") && target.matches("[role=region]")) || // it scrolls
    (target.matches("video[controls]") && (name === " " || (/^(Arrow|Home|End)/.test(name) && target !== deck.video)));
  if (isTaken || isChord(event)) return;
  const tenth = /^\d$/.test(name) && (() => deck.seek((deck.length() * +name) / 10));
  const does =
    tenth || own[name] || keysOf(deck)[(event.shiftKey && SHIFTED[/** @type {"ArrowLeft"} */ (name)]) || name];
  if (!does) return;
  claim(event);
  does();
}

// ---- one clip by itself

/**
 * Load what was not loaded, and hold what cannot be sought in.
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
async function ready(video, signal) {
  const loaded = () =>
    new Promise((done) => {
      for (const end of ["loadedmetadata", "error"]) video.addEventListener(end, done, { once: true });
    });
  if (video.readyState < 1) {
    video.preload = "auto";
    video.load();
    await loaded();
  }
  if (video.readyState < 1 || canSeek(video) || isHeld(video)) return;
  const { currentTime, paused } = video;
  try {
    await holdCopy(video, signal);
  } catch {
    return; // it plays from where it is
  }
  await loaded();
  video.currentTime = currentTime;
  if (!paused) await video.play();
}

/**
 * The deck of one clip.
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 * @param {() => void} [told] hears of a new speed and of the loop
 * @param {Element} [screen] what fills the screen: the clip, with what stands around it
 * @returns {Deck & { ready: () => Promise<void> }}
 */
export function single(video, signal, told = () => {}, screen = video) {
  /** @type {Promise<void> | null} */
  let waiting = null;
  const isReady = () =>
    (waiting ??= ready(video, signal).finally(() => {
      waiting = null;
    }));
  /** @param {() => number} to */
  async function go(to) {
    await isReady();
    if (video.readyState > 0) video.currentTime = within(to(), 0, video.duration - HALF_S);
  }
  return {
    video,
    ready: isReady,
    toggle: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
    step(frames) {
      video.pause();
      go(() => middleOf(frameAt(video.currentTime) + frames));
    },
    seek: (time_s) => go(() => time_s),
    time: () => video.currentTime,
    length: () => video.duration || 0,
    loop() {
      video.loop = !video.loop;
      told();
    },
    accelerate(by) {
      const at = SPEEDS.indexOf(video.playbackRate);
      video.defaultPlaybackRate = video.playbackRate = SPEEDS[within((at < 0 ? 2 : at) + by, 0, SPEEDS.length - 1)];
      told();
    },
    sound() {
      video.muted = !video.muted;
    },
    full: () =>
      (document.fullscreenElement ? document.exitFullscreen() : screen.requestFullscreen?.())?.catch(() => {}),
  };
}
