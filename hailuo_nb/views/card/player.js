// The player of one clip on a card, live or saved: frame step, speed, loop and keys beside the
// browser's own. It knows the figure, its video and the bar below; without it the plain player works.
import { make } from "../dom.js";
import { canSeek, letGo, pressKey, SPEEDS, single } from "../playback.js";

const CSS = `
:is(.hailuo-card,.hailuo-live) .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
:is(.hailuo-card,.hailuo-live) .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
:is(.hailuo-card,.hailuo-live) .hailuo-bar select{width:58px;padding:0 2px}
:is(.hailuo-card,.hailuo-live) .hailuo-bar option{color:CanvasText;background:Canvas}
:is(.hailuo-card,.hailuo-live) .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
:is(.hailuo-card,.hailuo-live) .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
:is(.hailuo-card,.hailuo-live) .hailuo-bar a{margin-left:auto}
:is(.hailuo-card,.hailuo-live):focus-visible,:is(.hailuo-card,.hailuo-live) .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outline-offset:1px}`;

/**
 * @param {HTMLElement} figure
 * @param {HTMLVideoElement} video
 * @param {Element} bar
 */
export function enhance(figure, video, bar) {
  const end = new AbortController();
  /** @type {(target: EventTarget, type: string, heard: (event: any) => void) => void} */
  const on = (target, type, heard) => target.addEventListener(type, heard, { signal: end.signal });
  const [back, next] = [
    ["Previous", ",", "◂"],
    ["Next", ".", "▸"],
  ].map(([word, key, drawn]) =>
    make("button", "", { type: "button", "aria-label": `${word} frame`, title: `${word} frame (${key})` }, drawn),
  );
  const speed = make(
    "select",
    "",
    { "aria-label": "Speed" },
    ...SPEEDS.map((rate) => make("option", "", { value: rate }, `${rate}×`)),
  );
  const loop = make("button", "", { type: "button", title: "Start again at the end" }, "Loop");
  const time = make("output", "", { "aria-label": "Time", "aria-live": "off" }, "0.00 s");
  /** @type {HTMLElement[]} */
  const added = [make("style", "", {}, CSS), back, next, speed, loop, time];
  const paint = () => {
    speed.value = String(video.playbackRate);
    loop.ariaPressed = String(video.loop);
  };
  const deck = single(video, end.signal, paint);
  on(back, "click", () => deck.step(-1));
  on(next, "click", () => deck.step(1));
  on(speed, "change", () => {
    video.defaultPlaybackRate = video.playbackRate = Number(speed.value);
  });
  on(loop, "click", deck.loop);
  for (const event of ["timeupdate", "seeked"])
    on(video, event, () => {
      time.value = `${video.currentTime.toFixed(2)} s`;
    });
  if (!bar.querySelector("a"))
    added.push(
      make("a", "", { href: video.src, download: "clip.mp4", style: "color:inherit;font-size:12px" }, "Download MP4"),
    );
  bar.prepend(...added);
  figure.tabIndex = 0;
  figure.dataset.lmSuppressShortcuts = "true";
  on(figure, "keydown", (event) => pressKey(event, deck));
  on(video, "loadedmetadata", () => {
    if (!canSeek(video)) deck.ready();
  });
  paint();
  return () => {
    end.abort();
    video.pause();
    for (const element of added) element.remove();
    letGo(video);
  };
}
