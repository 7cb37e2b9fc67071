// What the live card and the live grid share of their wire: addresses as the page sees them, a
// kernel that has gone, what only the kernel has. They know no widget but the model they are given.
export const AWAY = "kernel:"; // stands for an address where only the kernel can read the clip
export const GONE = "The kernel was restarted or has ended. Run this cell again to see it, free.";

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
 * Hear once that nobody will answer any more; what comes from the kernel later takes it back.
 * @param {ReturnType<typeof listener>} on
 * @param {(isGone: boolean) => void} tell
 */
export function watchKernel(on, tell) {
  let isGone = false;
  const turn = (/** @type {boolean} */ to) => {
    if (to === isGone) return;
    isGone = to;
    tell(to);
  };
  for (const event of ["comm_live_update", "comm:close"]) on(event, () => turn(true));
  on("change", () => turn(false));
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
