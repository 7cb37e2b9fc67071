// The pictures of clips: asked for as they come into view, a handful at a time, kept for good.
// It knows ids and addresses; where a picture is drawn is the gallery's affair.
const GATHER_MS = 60;
const AT_ONCE_MAX = 24;
const NEAR = "150px 0px";

/**
 * `draw(id)` is called when a picture came or is on its way.
 * @param {import("./wire.js").Wire} wire
 */
export function posters(wire, scroller, rowOf, draw) {
  /** @type {Map<string, { src: string | null | undefined, picture: string }>} */
  const held = new Map(); // id -> { src, picture }; a clip that became done has a new picture
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @type {Map<string, Element>} */
  const placed = new Map(); // id -> its element
  let [timer, isAsking] = [0, false];
  // That there is no picture counts only for as long as the row says so, too.
  function isHeld(/** @type {string} */ id) {
    const [one, row] = [held.get(id), rowOf(id)];
    return one !== undefined && one.src === row?.src && Boolean(one.picture || !row?.has_picture);
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const { id = "" } = /** @type {HTMLElement} */ (target).dataset;
        if (isIntersecting) want(id);
        else wanted.delete(id); // scrolled past before it was asked for
      }
    },
    { root: scroller, rootMargin: NEAR },
  );

  // Only what has no picture yet is watched: of thousands most have one.
  function watch(id, element) {
    placed.set(id, element);
    observer.unobserve(element); // begun anew, it tells at once whether it is in view
    if (!isHeld(id)) observer.observe(element);
  }

  function leave(/** @type {string} */ id) {
    const element = placed.get(id);
    if (element) observer.unobserve(element);
  }

  function want(...ids) {
    for (const id of ids) if (!isHeld(id)) wanted.add(id);
    if (wanted.size && !timer && !isAsking) timer = setTimeout(ask, GATHER_MS);
  }

  async function ask() {
    const ids = [...wanted].slice(0, AT_ONCE_MAX);
    timer = 0;
    if (!ids.length) return;
    isAsking = true;
    const asked = ids.map((id) => ({ id, src: rowOf(id)?.src }));
    for (const id of ids) wanted.delete(id);
    try {
      const answer = await wire.ask({ kind: "posters", ids });
      for (const { id, src } of asked) held.set(id, { src, picture: answer.posters[id] ?? "" });
      for (const id of ids) {
        leave(id);
        draw(id);
      }
    } catch (error) {
      wire.tell(error.message, "error"); // they are asked for again when they come into view again
    }
    isAsking = false;
    want(...[...wanted]);
  }

  wire.signal.addEventListener(
    "abort",
    () => {
      observer.disconnect();
      clearTimeout(timer);
    },
    { once: true },
  );
  return {
    want,
    watch,
    of: (id) => held.get(id)?.picture, // "" where there is none, undefined while it is not known
    forget(id) {
      leave(id);
      placed.delete(id);
      wanted.delete(id);
    },
  };
}
