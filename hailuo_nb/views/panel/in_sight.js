// Keeps a bar below a list in sight while the list is. `position: sticky` does that on a plain page
// only: a notebook's outputs lie in boxes that scroll or cut off, and nothing sticks across those.
// So the list, which scrolls by itself, is made lower; what it gives stays free below the bar, and
// nothing else moves or is covered.
const LEAST_PX = 80; // of the list stays

/** The lowest that is seen where an element stands. @param {Element} element */
function seenUntil(element) {
  let bottom_px = innerHeight;
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowY !== "visible")
      bottom_px = Math.min(bottom_px, box.getBoundingClientRect().bottom);
  }
  return bottom_px;
}

/**
 * Follow what scrolls around it; returns what looks at once.
 * @param {HTMLElement} bar
 * @param {HTMLElement} list its `max-height` heeds `--given`
 * @param {AbortSignal} signal
 */
export function keepInSight(bar, list, signal) {
  let [raised_px, given_px, frame] = [0, 0, 0];
  /** @param {number} raise_px @param {number} give_px */
  function place(raise_px, give_px) {
    if (raise_px === raised_px && give_px === given_px) return;
    [raised_px, given_px] = [raise_px, give_px];
    list.style.setProperty("--given", `${give_px}px`);
    bar.style.marginBottom = `${raise_px}px`;
  }
  function look() {
    frame = 0;
    if (bar.hidden || !bar.isConnected) return place(0, 0);
    const most_px = Number.parseFloat(getComputedStyle(list).maxHeight) + given_px;
    const whole_px = Math.min(most_px, list.scrollHeight); // of the list, were nothing given
    const below_px = Math.ceil(bar.getBoundingClientRect().bottom + raised_px - seenUntil(bar));
    const raise_px = Math.max(0, Math.min(below_px, Math.floor(whole_px) - LEAST_PX));
    place(raise_px, raise_px && raise_px + most_px - whole_px);
  }
  const soon = () => {
    frame ||= requestAnimationFrame(look);
  };
  addEventListener("resize", soon, { signal });
  addEventListener("scroll", look, { signal, capture: true, passive: true });
  const observer = new ResizeObserver(soon);
  for (const one of [bar, list]) observer.observe(one);
  const end = () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
  signal.addEventListener("abort", end, { once: true });
  return look;
}
