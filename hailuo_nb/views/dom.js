// What all views share of the page: making elements, saying words, icons. It knows no model.
// Text is set as text, never as markup.
const TOLD_MS = 8000;
const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  more: "M4 6l4 4 4-4",
  image: "M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-1.5 2 2.5M10.5 6h.01",
  search: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",
  play: "M5 3.5v9l7-4.5z",
  check: "M3 8.5l3.5 3.5L13 4.5",
  hide: "M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 13L13 3",
  pencil: "M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  next: "M3 8h9M8.5 4l4 4-4 4",
  down: "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10",
  reuse: "M13 8a5 5 0 11-1.5-3.6M13 2v3h-3",
};

/**
 * Make an element; an attribute that is null or false is left out, true is set empty.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] none of them on*
 * @param {...(Node | string | null)} children null is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = "", attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null && value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * Set text only when it changed, so that a live region speaks once; hide what is empty.
 * @param {HTMLElement} element
 * @param {string | null | undefined} text
 */
export function say(element, text) {
  const words = text ?? "";
  if (element.textContent !== words) element.textContent = words;
  element.hidden = words === "";
}

/**
 * Set an attribute only when it changed.
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean} value
 */
export const change = (element, name, value) => {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
};

/** @param {string} text of somebody else's, in either direction of writing */
export const foreign = (text) => make("bdi", "", { dir: "auto" }, text);

/**
 * Phrases in a row, each in its own direction.
 * @param {string[]} phrases
 * @returns {(string | Node)[]}
 */
export const dotted = (phrases) =>
  phrases.flatMap((phrase, index) => (index ? [" · ", foreign(phrase)] : [foreign(phrase)]));

/** @param {string} drawn the path @param {number} side_px of its grid */
export function svg(drawn, side_px) {
  const [picture, path] = ["svg", "path"].map((name) => document.createElementNS(SVG, name));
  picture.setAttribute("viewBox", `0 0 ${side_px} ${side_px}`);
  path.setAttribute("d", drawn);
  picture.append(path);
  return picture;
}

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const drawn = svg(PATHS[name], 16);
  for (const [key, value] of [
    ["width", "16"],
    ["height", "16"],
    ["aria-hidden", "true"],
    ["class", "icon"],
  ])
    drawn.setAttribute(key, value);
  return drawn;
}

/** @param {number} bytes */
export const sizeWords = (bytes) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * Tell whether the clipboard took it.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * What is read aloud: at once, then at most so often, with all that came meanwhile.
 * @param {() => void} speak
 */
export function paced(speak) {
  let [timer, isDue] = [0, false];
  function hear() {
    isDue = timer > 0;
    if (isDue) return;
    speak();
    timer = setTimeout(() => {
      timer = 0;
      if (isDue) hear();
    }, TOLD_MS);
  }
  return { hear, end: () => clearTimeout(timer) };
}

/** What a saved script and a live view, each with a copy of this, have in common. @param {symbol} name @param {() => any} made */
export function shared(name, made) {
  const page = /** @type {any} */ (window);
  page[name] ??= made();
  return page[name];
}

/** What has the focus, be it the page. */
export const focused = () => /** @type {HTMLElement} */ (document.activeElement ?? document.body);

/**
 * The nearest of this kind that an event hit.
 * @param {Event} event
 * @param {string} selector
 */
export const hit = (event, selector) =>
  /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(selector));

/** @param {Element} element */
export const childrenOf = (element) => /** @type {HTMLElement[]} */ ([...element.children]);

/** @param {KeyboardEvent} event */
export const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

/**
 * Listen to events by their names, apart by blanks, until the signal.
 * @param {EventTarget} target
 * @param {AbortSignal} [signal]
 * @returns {(types: string, heard: (event: any) => void) => void}
 */
export const hears = (target, signal) => (types, heard) => {
  for (const type of types.split(" ")) target.addEventListener(type, heard, { signal });
};

/** The key is ours alone, also where the notebook would hear it. @param {Event} event */
export function claim(event) {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * A notebook takes cells out of the page and puts them back: follow it.
 * @param {HTMLElement} root
 * @param {(root: HTMLElement) => () => void} enhance returns what takes it all back
 */
export function follow(root, enhance) {
  /** @type {(() => void) | null} */
  let leave = enhance(root);
  new IntersectionObserver(() => {
    if (root.isConnected) leave ??= enhance(root);
    else {
      leave?.();
      leave = null;
    }
  }).observe(root);
}
