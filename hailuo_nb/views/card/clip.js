// Adds frame step, speed, loop and keys to the players of settled cards.
// It knows the saved figure and nothing else; without it the plain player works.
const FPS = 24;
const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
const CSS = `
.hailuo-card .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
.hailuo-card .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.hailuo-card .hailuo-bar select{width:58px;padding:0 2px}
.hailuo-card .hailuo-bar option{color:CanvasText;background:Canvas}
.hailuo-card .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
.hailuo-card .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
.hailuo-card .hailuo-bar a{margin-left:auto}
.hailuo-card:focus-visible,.hailuo-card .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outline-offset:1px}`;

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const loaded = (video) => new Promise((done) => {
  for (const end of ["loadedmetadata", "error"]) video.addEventListener(end, done, { once: true });
});
const canSeek = ({ seekable }) => seekable.length > 0 && seekable.end(seekable.length - 1) > 0;

function controls(video, on) {
  const back = make("button", { type: "button", "aria-label": "Previous frame", title: "Previous frame (,)" }, "◂");
  const next = make("button", { type: "button", "aria-label": "Next frame", title: "Next frame (.)" }, "▸");
  const speed = make("select", { "aria-label": "Speed" });
  for (const rate of SPEEDS) speed.append(make("option", { value: rate }, `${rate}×`));
  speed.value = video.playbackRate;
  const loop = make("button", { type: "button", "aria-pressed": video.loop, title: "Start again at the end" }, "Loop");
  const time = make("output", { "aria-label": "Time", "aria-live": "off" }, "0.00 s");
  on(back, "click", () => step(video, -1));
  on(next, "click", () => step(video, 1));
  on(speed, "change", () => { video.defaultPlaybackRate = video.playbackRate = Number(speed.value); });
  on(loop, "click", () => { video.loop = !video.loop; loop.setAttribute("aria-pressed", video.loop); });
  for (const event of ["timeupdate", "seeked"]) on(video, event, () => { time.value = `${video.currentTime.toFixed(2)} s`; });
  return [back, next, speed, loop, time];
}

async function step(video, frames) {
  video.pause();
  if (video.readyState < 1) {
    video.preload = "auto";
    video.load();
    await loaded(video);
  }
  if (video.readyState < 1) return;
  if (!canSeek(video)) await ownCopy(video);
  const frame = Math.floor(video.currentTime * FPS + 0.01) + frames;
  video.currentTime = Math.min(Math.max(0, (frame + 0.5) / FPS), video.duration - 0.5 / FPS);
}

// A server without Range lets nobody seek: play a copy held by the page instead.
const copies = new WeakMap();
const ownCopy = (video) => {
  if (!copies.has(video)) copies.set(video, makeCopy(video).catch(() => {}));
  return copies.get(video);
};

async function makeCopy(video) {
  const reply = await fetch(video.src, { cache: "no-store" });
  const copy = await reply.blob();
  const { currentTime, paused } = video;
  video.dataset.src = video.getAttribute("src");
  video.src = URL.createObjectURL(copy);
  await loaded(video);
  video.currentTime = currentTime;
  if (!paused) await video.play();
}

function key(video, event) {
  const frames = { ",": -1, ".": 1 }[event.key];
  const isControl = event.target.closest("button,select,a,summary");
  if (event.ctrlKey || event.metaKey || event.altKey || !(frames || (event.key === " " && !isControl))) return;
  event.preventDefault();
  event.stopPropagation();
  if (frames) step(video, frames);
  else if (video.paused) video.play().catch(() => {});
  else video.pause();
}

function enhance(figure, video, bar) {
  const end = new AbortController();
  const on = (target, type, heard) => target.addEventListener(type, heard, { signal: end.signal });
  const added = [make("style", {}, CSS), ...controls(video, on)];
  if (!bar.querySelector("a")) added.push(make("a", { href: video.src, download: "clip.mp4", style: "color:inherit;font-size:12px" }, "Download MP4"));
  bar.prepend(...added);
  figure.tabIndex = 0;
  figure.dataset.lmSuppressShortcuts = "true";
  on(figure, "keydown", (event) => key(video, event));
  on(video, "loadedmetadata", () => { if (!canSeek(video)) ownCopy(video); });
  return () => {
    end.abort();
    video.pause();
    for (const element of added) element.remove();
    copies.delete(video);
    if (!video.dataset.src) return;
    URL.revokeObjectURL(video.src);
    video.src = video.dataset.src;
    delete video.dataset.src;
  };
}

// A notebook takes cells out of the page and puts them back: follow it.
function follow(figure) {
  const [video, bar] = [figure.querySelector("video"), figure.querySelector(".hailuo-bar")];
  if (!video || !bar) return;
  let leave = enhance(figure, video, bar);
  new IntersectionObserver(() => {
    if (figure.isConnected) leave ??= enhance(figure, video, bar);
    else leave = leave && void leave() || null;
  }).observe(figure);
}

for (const figure of document.querySelectorAll("figure.hailuo-card:not([data-clip])")) {
  figure.dataset.clip = "on";
  follow(figure);
}
