// What card, grid and panel share: making elements, saying words, icons. It knows no model.
// Text is set as text, never as markup.
export const dom = (() => {
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
    reuse: "M13 8a5 5 0 11-1.5-3.6M13 2v3h-3",
  };

  // An attribute that is null or false is left out, true is set empty; on* are not taken.
  function make(tag, className = "", attributes = {}, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // Set text only when it changed, so that a live region speaks once; hide what is empty.
  function say(element, text) {
    const words = text ?? "";
    if (element.textContent !== words) element.textContent = words;
    element.hidden = words === "";
  }

  const foreign = (text) => make("bdi", "", { dir: "auto" }, text);

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "icon" })) svg.setAttribute(key, value);
    path.setAttribute("d", PATHS[name]);
    svg.append(path);
    return svg;
  }

  function clockWords(elapsed_s) {
    const [hours, minutes, seconds] = [elapsed_s / 3600, (elapsed_s / 60) % 60, elapsed_s % 60].map(Math.floor);
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  }

  function sizeWords(bytes) {
    return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  return { make, say, foreign, icon, clockWords, sizeWords, copy };
})();
