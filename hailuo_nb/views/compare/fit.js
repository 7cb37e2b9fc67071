// In full screen the clips of a grid are as large as all of them fit: so wide is what holds them. It
// knows their number and the style, not who plays them.

/** @param {HTMLElement} root */
export const fitter = (root) => () => {
  const set = (/** @type {string} */ name, /** @type {number} */ to) => root.style.setProperty(name, `${to}`);
  const widen = (/** @type {number} */ percent) => set("--fit", percent);
  const fits = () => root.scrollHeight <= root.clientHeight;
  let [least, most] = [30, 100]; // percent: narrower, words make it tall
  set("--across", Math.ceil(Math.sqrt(root.querySelectorAll("figure").length)));
  widen(least);
  if (!fits()) return widen(most); // too many for one screen: it scrolls
  while (most - least > 0.2) {
    widen((least + most) / 2);
    if (fits()) least = (least + most) / 2;
    else most = (least + most) / 2;
  }
  widen(least);
};
