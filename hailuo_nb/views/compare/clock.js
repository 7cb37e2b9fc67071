// The clock of clips that play in lockstep: one time, which each of them follows.
// It knows videos, not what is drawn around them.
import { canSeek, FPS, frameAt, HALF_S, holdCopy, isHeld, middleOf, within } from "../playback.js";

const CHECK_MS = 250;
const PAINT_MS = 40;
const NEAR_S = 0.3 / FPS; // clips this near each other are left alone
const THERE_S = 0.0001; // a clip so near is not sought; browsers count in microseconds
const FAR_S = 0.25; // clips further apart stop, meet and go on together
const ROLL_MS = 250; // a frame that is not shown by then is sought
const CALM_MS = 1000; // and not again for so long
const SURE_MS = 120; // a frame that was played to is sought, too, once no step follows

/**
 * A clip that plays with others.
 * @typedef {object} Clip
 * @property {HTMLElement} figure
 * @property {HTMLVideoElement} video
 * @property {string} label
 * @property {number | null} wanted where it is to be sought to next, in seconds
 * @property {boolean} broken
 * @property {boolean} [sounds] it has sound
 * @property {boolean} [stuck] it cannot be sought in
 * @property {object | false} [rolling]
 * @property {number} [sure] the timer of the seek that makes sure of a frame that was played to
 * @property {boolean} [picked] it plays with the others
 * @property {HTMLElement} [home] what stands in its place while it is on the stage
 * @property {HTMLInputElement} tick
 * @property {HTMLElement} note
 * @property {HTMLElement} acts
 * @property {AbortController} end
 */

/** @param {Clip} clip */
const secondsOf = ({ video, figure }) =>
  Number.isFinite(video.duration) ? video.duration : Number(figure.dataset.seconds) || 0;
/** @param {Clip} clip */
const isNearEnd = (clip) => clip.video.currentTime > secondsOf(clip) - 3 * HALF_S;
/** @param {Clip} clip */
const isReady = (clip) =>
  clip.broken || (clip.wanted === null && !clip.video.seeking && clip.video.readyState >= (isNearEnd(clip) ? 2 : 3));

/**
 * One seek is in flight at a time; the newest wish is the next.
 * @param {Clip} clip
 */
export function seek(clip, time = clip.wanted) {
  const { video } = clip;
  clip.wanted = time;
  if (time !== null) clearTimeout(clip.sure);
  if (time !== null && video.readyState < 3) video.preload = "auto";
  if (time === null || video.seeking || video.readyState < 1) return;
  if (!canSeek(video) && !clip.stuck) return void ownCopy(clip);
  clip.wanted = null;
  if (clip.stuck) return;
  const reached = within(time, 0, secondsOf(clip) - HALF_S);
  if (Math.abs(video.currentTime - reached) > THERE_S) video.currentTime = reached;
}

// From rest the next frame is quicker to play than to seek, which decodes from the last key frame
// on. What is asked for meanwhile, or rolled too far or not at all, is sought. A browser that is
// busy may tell of one frame and leave its neighbour on the screen: only a seek makes sure.
/** @param {Clip} clip @param {number} frame */
function roll(clip, frame) {
  const { video } = clip;
  const canRoll =
    !clip.rolling &&
    video.paused &&
    video.muted && // or each step would crackle
    isReady(clip) &&
    frame === frameAt(video.currentTime) + 1 &&
    "requestVideoFrameCallback" in video;
  clip.rolling = canRoll && {};
  clearTimeout(clip.sure);
  if (!canRoll) video.pause();
  if (!canRoll) return seek(clip, middleOf(frame));
  const mine = clip.rolling;
  const stop = (/** @type {number} */ shown = -1) => {
    if (clip.rolling !== mine) return;
    clip.rolling = false;
    video.pause();
    if (shown !== frame || frameAt(video.currentTime) !== frame) return seek(clip, middleOf(frame));
    clip.sure = setTimeout(() => {
      if (video.paused && !clip.stuck) video.currentTime = middleOf(frame);
    }, SURE_MS);
  };
  /** @type {VideoFrameRequestCallback} */
  const look = (_, { mediaTime }) => {
    const shown = Math.round(mediaTime * FPS);
    if (shown < frame) video.requestVideoFrameCallback(look);
    else setTimeout(stop, Math.max(0, 1000 * (frame / FPS - video.currentTime) + 5), shown); // it is shown before its time
  };
  setTimeout(stop, ROLL_MS);
  video.requestVideoFrameCallback(look);
  video.playbackRate = 1;
  video.play().catch(() => stop());
}

/** @param {Clip} clip */
export async function ownCopy(clip) {
  const { video } = clip;
  if (isHeld(video)) return;
  try {
    await holdCopy(video, clip.end.signal);
  } catch {
    clip.stuck = true; // it plays from where it is
    video.dispatchEvent(new Event("canplay"));
  }
}

/**
 * The one clock of the clips that are seen.
 * @param {() => void} told hears of every change
 */
export function lockstep(told) {
  const clock = {
    /** @type {Clip[]} */ clips: [],
    playing: false,
    loop: true,
    speed: 1,
    dragging: false,
    gathering: false,
    length,
    time,
    seek: seekAll,
    advance,
    play,
    pause,
    step,
    accelerate,
    ended,
  };
  let [at, checked, met, painted, beating] = [0, 0, 0, 0, 0];
  const live = () => clock.clips.filter(({ broken, video }) => !broken && !video.ended);

  function length() {
    return Math.max(0, ...clock.clips.map((clip) => (clip.broken ? 0 : secondsOf(clip))));
  }
  function time() {
    return clock.playing && !clock.gathering ? now() : at;
  }

  // The one that is heard, whose pace is never bent; else the middle one of those that run:
  // neither one that hurries nor one that stalls leads.
  function now() {
    const running = live().filter(({ video }) => !video.paused && video.readyState > 2);
    const heard = running.find(({ video }) => !video.muted);
    if (heard) return heard.video.currentTime;
    const times = (running.length ? running : live()).map(({ video }) => video.currentTime);
    return times.length ? times.sort((a, b) => a - b)[(times.length - 1) >> 1] : length();
  }

  // Bring all to one time; if they play, they go on together once the last is there.
  /** @param {number} time_s */
  function seekAll(time_s) {
    at = within(time_s, 0, Math.max(0, clock.length() - HALF_S));
    clock.gathering = clock.playing;
    for (const clip of clock.clips) {
      clip.rolling = false;
      clip.video.pause();
    }
    for (const clip of clock.clips) seek(clip, at);
    advance();
    told();
  }
  function advance() {
    if (!clock.gathering || clock.dragging || !clock.clips.every(isReady)) return;
    clock.gathering = false;
    met = performance.now(); // on a busy machine to meet takes longer than they are left alone
    for (const { video, broken } of clock.clips) {
      video.playbackRate = clock.speed;
      if (!broken) video.play().catch(({ name }) => name === "NotAllowedError" && pause());
    }
  }
  function play() {
    clock.playing = true;
    seekAll(at >= length() - 3 * HALF_S ? 0 : at);
    cancelAnimationFrame(beating);
    beating = requestAnimationFrame(beat);
  }
  function pause() {
    const time_s = time();
    clock.playing = false;
    seekAll(middleOf(frameAt(time_s)));
  }
  /** @param {number} frames */
  function step(frames) {
    const frame = frameAt(time()) + frames;
    if (clock.playing || frames !== 1 || middleOf(frame) > length()) {
      clock.playing = false;
      return seekAll(middleOf(frame));
    }
    at = middleOf(frame);
    for (const clip of clock.clips) if (!clip.broken) roll(clip, frame);
    told();
  }
  /** @param {number} speed */
  function accelerate(speed) {
    clock.speed = speed;
    for (const { video } of clock.clips) video.playbackRate = speed;
    told();
  }
  function ended() {
    if (!clock.playing || clock.gathering || live().length) return;
    if (clock.loop) return seekAll(0);
    at = length();
    clock.playing = false;
    told();
  }

  /** @param {number} time_ms */
  function beat(time_ms) {
    if (!clock.playing) return;
    beating = requestAnimationFrame(beat);
    if (time_ms - checked > CHECK_MS && !clock.gathering) {
      checked = time_ms;
      check(time_ms);
    }
    if (time_ms - painted < PAINT_MS) return;
    painted = time_ms;
    told();
  }

  // Seldom and gently: what strays a little is slowed or sped, what stalls is waited for.
  /** @param {number} time_ms */
  function check(time_ms) {
    const time_s = now();
    const isDue = (/** @type {Clip} */ clip) => !clip.broken && !clip.stuck && time_s < secondsOf(clip) - 3 * HALF_S;
    const isLost = (/** @type {Clip} */ { video }) =>
      video.paused || video.readyState < 3 || Math.abs(video.currentTime - time_s) > FAR_S;
    if (time_ms - met > CALM_MS && clock.clips.some((clip) => isDue(clip) && isLost(clip))) return seekAll(time_s);
    for (const { video } of live()) {
      const ahead_s = video.currentTime - time_s;
      if (Math.abs(ahead_s) > NEAR_S) video.playbackRate = clock.speed * (1 - within(1.5 * ahead_s, -0.1, 0.1));
      else if (Math.abs(ahead_s) < NEAR_S / 3) video.playbackRate = clock.speed;
    }
  }
  return clock;
}
