// What the live card and the live grid share of their wire: addresses as the page sees them, a
// kernel that has gone, what only the kernel has. They know no widget but the model they are given.
export const AWAY = "kernel:"; // stands for an address where only the kernel can read the clip
const SILENT_S = 5;
const GONE = "The kernel was restarted or has ended. Run this cell again to see it, free.";
const SILENT = "The kernel does not answer. If it has ended, run this cell again to see it, free.";

/**
 * The notebook knows where its files lie as the page sees them; it may be asked, and answers later.
 * @param {{ widget_manager?: { resolveUrl?: (src: string) => Promise<string> } }} model
 */
export function locator({ widget_manager: notebook }) {
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
 * Hear of the model until the view ends.
 * @param {any} model
 * @param {AbortSignal} signal
 */
export function listener(model, signal) {
  return (/** @type {string} */ event, /** @type {(...given: any[]) => void} */ does) => {
    model.on(event, does);
    signal.addEventListener("abort", () => model.off(event, does));
  };
}

/**
 * Hear that nobody will answer any more, and that somebody does again: a connection that breaks off
 * and comes back ends nothing.
 * @param {ReturnType<typeof listener>} on
 * @param {(words: string) => void} tell says what has happened, "" once all is well
 */
export function watchKernel(on, tell) {
  let [said, silent, lookedMs] = ["", -1, 0];
  const turn = (/** @type {string} */ words) => {
    if (Boolean(words) === Boolean(said)) return;
    said = words;
    tell(words);
  };
  /** @this {{ model?: { comm_live?: boolean } } | undefined} the view, whose model knows */
  function look() {
    turn(this?.model?.comm_live === true ? "" : GONE);
  }
  on("comm_live_update", look);
  on("comm:close", () => turn(GONE));
  on("change", () => turn(""));
  return {
    beat() {
      silent = 0;
      turn("");
    },
    /** Count the seconds without a beat; while the page slept, none was heard. */
    tick() {
      const now = Date.now();
      if (silent >= 0) silent = now - lookedMs > 3000 ? 0 : silent + 1;
      lookedMs = now;
      if (silent > SILENT_S) turn(SILENT);
    },
  };
}

/**
 * Hear that the kernel lives, from the model that all its views share.
 * @param {any} model
 * @param {AbortSignal} signal
 * @param {() => void} beat
 */
export async function hearBeats(model, signal, beat) {
  const shared = await model.widget_manager?.get_model(model.get("code")).catch(() => null);
  if (!shared || signal.aborted) return;
  listener(shared, signal)("change:beat", beat);
  if (shared.get("beat")) beat(); // it lived when it told so much: from now on silence counts
}

/**
 * What a model of a task that is over does not hold, and only the kernel has: the picture, and a clip
 * that the page cannot load. Each is asked for once.
 * @param {any} model
 * @param {AbortSignal} signal
 * @param {(index: number) => void} then is told of what came for a cell; a card is cell 0
 */
export function keeper(model, signal, then) {
  /** @type {Map<string, string | null>} */
  const held = new Map();
  const ask = (/** @type {string} */ kind, /** @type {number} */ index) => {
    const key = `${kind} ${index}`;
    if (!held.has(key) && send(model, { kind, index })) held.set(key, null);
    return held.get(key) ?? null;
  };
  listener(model, signal)("msg:custom", ({ kind, index = 0, poster = null }, [data] = []) => {
    const isClip = kind === "clip";
    if (!isClip && kind !== "picture") return;
    const came = isClip ? data && URL.createObjectURL(new Blob([data], { type: "video/mp4" })) : poster;
    if (isClip && came) signal.addEventListener("abort", () => URL.revokeObjectURL(came));
    held.set(`${kind} ${index}`, came ?? null);
    if (came) then(index);
  });
  return {
    picture: (index = 0) => ask("picture", index),
    clip: (index = 0) => ask("clip", index),
    /** The picture if it has come. */
    has: (index = 0) => held.get(`picture ${index}`) ?? null,
  };
}

/**
 * Where the page may not load what lies beside the notebook, the kernel sends the clip.
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 * @param {() => string | null} clip asks for it, and has its address once it came
 * @returns {() => void} to be called when something came
 */
export function lifeline(video, signal, clip) {
  let [plays, isAway] = [false, false];
  const on = (/** @type {string} */ type, /** @type {() => void} */ does) =>
    video.addEventListener(type, does, { signal });
  const look = () => {
    const src = isAway && clip();
    if (!src || video.src === src) return;
    video.src = src;
    if (plays) video.play().catch(() => {}); // it was asked to before it failed
  };
  on("play", () => {
    plays = true;
  });
  on("pause", () => {
    plays &&= video.error !== null;
  });
  on("error", () => {
    isAway = true;
    look();
  });
  return look;
}

/** Tell whether a message left. @param {any} model @param {object} message */
export function send(model, message) {
  try {
    model.send(message);
    return true;
  } catch {
    return false; // there is no kernel
  }
}
