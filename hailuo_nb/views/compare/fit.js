// In full screen the clips of a grid are as large as all of them fit. It knows the tables and rows that
// hold them, not who plays them.
const STEPS = 9;
const LEAST = 0.3; // of the width: narrower, words make it tall

/** @param {HTMLElement} root */
export function fitter(root) {
  /** @type {Map<HTMLElement, string>} */
  const before = new Map(); // how wide each was meant to be

  /** @param {number} width_px */
  function widen(width_px) {
    for (const holder of before.keys()) holder.style.maxWidth = `${width_px}px`;
  }
  return () => {
    for (const [holder, width] of before) holder.style.maxWidth = width;
    before.clear();
    if (document.fullscreenElement !== root || !root.matches(".hailuo-grid")) return;
    for (const holder of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("table, .wrapped"))) {
      before.set(holder, holder.style.maxWidth);
      holder.style.setProperty("--across", String(Math.ceil(Math.sqrt(holder.childElementCount))));
    }
    const fits = () => root.scrollHeight <= root.clientHeight;
    let [least, most] = [LEAST * root.clientWidth, root.clientWidth];
    widen(least);
    if (!fits()) return widen(most); // too many for one screen: it scrolls
    for (let step = 0; step < STEPS; step += 1) {
      const middle = (least + most) / 2;
      widen(middle);
      if (fits()) least = middle;
      else most = middle;
    }
    widen(least);
  };
}
