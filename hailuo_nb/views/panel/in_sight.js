// Keeps a bar below a list in sight while the list is. `position: sticky` does that on a plain page
// only: a notebook's outputs lie in boxes that scroll or cut off, and nothing sticks across those.

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
 * @param {HTMLElement} list it never rises above its top
 * @param {AbortSignal} signal
 */
export function keepInSight(bar, list, signal) {
  let [raised_px, frame] = [0, 0];
  function look() {
    frame = 0;
    if (bar.hidden || !bar.isConnected) return;
    const { top, bottom } = bar.getBoundingClientRect(); // where it stands, raised as it is
    const most_px = Math.max(0, top + raised_px - list.getBoundingClientRect().top);
    const wanted_px = Math.min(most_px, Math.max(0, Math.ceil(bottom + raised_px - seenUntil(bar))));
    if (wanted_px === raised_px) return;
    raised_px = wanted_px;
    bar.style.transform = raised_px ? `translateY(${-raised_px}px)` : "";
    bar.toggleAttribute("data-raised", raised_px > 0);
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
