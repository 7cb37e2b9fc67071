// Plays the clips of a comparison or a grid in lockstep: one toolbar, one clock.
// It knows figures `.hailuo-clip` below a root `.hailuo-compare`, not tasks or kernels; without
// it they are plain players. Text is set as text, never as markup. One name leaves the module,
// so that another may follow it in the same text.
export const enhance = (() => {
const FPS = 24;
const CLIPS_MAX = 9;
const PICKED_AT_FIRST = 4;
const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
const CHECK_MS = 250;
const PAINT_MS = 40;
const HALF_S = 0.5 / FPS;
const NEAR_S = 0.3 / FPS; // clips this near each other are left alone
const FAR_S = 0.25; // clips further apart stop, meet and go on together
const ROLL_MS = 250; // a frame that is not shown by then is sought
const CALM_MS = 1000; // and not again for so long
const CSS = `.hailuo-compare{
--accent:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));
--back:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));
--ink:var(--jp-content-font-color1,var(--vscode-foreground,CanvasText));
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
.pick{margin:0 6px 0 0;vertical-align:-2px}
&[data-view] .hailuo-clips{display:none!important}
.home{border-radius:6px;background:#80808026}
.stage{position:relative;overflow:hidden;aspect-ratio:var(--ratio);max-width:calc(75vh*var(--ratio));
margin:0 0 12px;border-radius:6px;background:#000;touch-action:pan-y;user-select:none}
.pair{position:absolute;inset:0;isolation:isolate}
.stage video{position:absolute;inset:0;width:100%!important;height:100%!important;background:#000!important}
&[data-view=wipe] .stage{cursor:ew-resize}
&[data-view=wipe] video+video{clip-path:inset(0 0 0 var(--wipe))}
&[data-view=difference] video+video{mix-blend-mode:difference}
&[data-view=difference] .pair{filter:brightness(4)}
.tag{position:absolute;z-index:1;top:8px;left:8px;max-width:42%;padding:1px 7px;border-radius:4px;color:#fff;
background:#000000b3;font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;pointer-events:none}
.tag+.tag{left:auto;right:8px}
.divider{position:absolute;z-index:2;inset:0 auto 0 var(--wipe);width:28px;margin-left:-14px;filter:drop-shadow(0 0 1px #000)}
.divider:focus-visible{outline:none}
.divider:focus-visible::after{outline:3px solid var(--accent)}
.divider::before{content:"";position:absolute;inset:0 13px;border-left:2px solid #fff}
.divider::after{content:"";position:absolute;top:calc(50% - 11px);left:3px;width:18px;height:18px;border:2px solid #fff;
border-radius:50%;background:#0006}
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--ink);background:var(--back)}
.help dl{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.help :is(dt,dd){margin:0;font-weight:400}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--ink);background:var(--back);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes{display:none}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;

const BUTTONS = {
  play: ["Play", "Space", "M3 1.5v11l9.5-5.5z"],
  start: ["To the start", "Home", "M2 2h2v10H2zM12 2v10L5 7z"],
  back: ["Previous frame", ",", "M9.5 2v10L4 7z"],
  next: ["Next frame", ".", "M4.5 2v10L10 7z"],
  end: ["To the end", "End", "M10 2h2v10h-2zM2 2v10l7-5z"],
  loop: ["Loop", "R"],
  wipe: ["Wipe", "W"],
  difference: ["Difference", "D; four times as bright as it is"],
  full: ["Full screen", "F", "M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],
  help: ["Keys", "?", ""],
};
const PAUSE = "M3 2h3v10H3zM8 2h3v10H8z";
const KEYS = {
  "Space K": "play or pause",
  "← → , .": "one frame back or on",
  "Shift+← Shift+→ J L": "one second back or on",
  "Home End 0…9": "to the start, the end, a tenth between",
  "− + [ ]": "slower, faster",
  R: "loop",
  W: "wipe between two clips; then ← → move the divider",
  D: "difference of two clips, made bright",
  X: "swap A and B",
  F: "full screen",
  Esc: "back to side by side",
};

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

function icon(drawn) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 14 14");
  path.setAttribute("d", drawn);
  svg.append(path);
  return svg;
}

const areSame = (one, other) => one.length === other.length && one.every((item, index) => item === other[index]);
const frameAt = (time) => Math.floor(time * FPS + 0.01);
const middleOf = (frame) => (frame + 0.5) / FPS;
const within = (value, least, most) => Math.min(Math.max(value, least), most);
const secondsOf = ({ video, figure }) => (Number.isFinite(video.duration) ? video.duration : Number(figure.dataset.seconds) || 0);
const isNearEnd = (clip) => clip.video.currentTime > secondsOf(clip) - 3 * HALF_S;
const canSeek = ({ seekable }) => seekable.length > 0 && seekable.end(seekable.length - 1) > 0;
const isReady = (clip) => clip.broken
  || (clip.wanted === null && !clip.video.seeking && clip.video.readyState >= (isNearEnd(clip) ? 2 : 3));

// One seek is in flight at a time; the newest wish is the next.
function seek(clip, time = clip.wanted) {
  const { video } = clip;
  clip.wanted = time;
  if (video.readyState < 1) video.preload = "auto";
  if (time === null || video.seeking || video.readyState < 1) return;
  if (!canSeek(video) && !clip.stuck) return void ownCopy(clip);
  clip.wanted = null;
  if (clip.stuck) return;
  const reached = within(time, 0, secondsOf(clip) - HALF_S);
  if (Math.abs(video.currentTime - reached) > 0.001) video.currentTime = reached;
}

// From rest the next frame is quicker to play than to seek, which decodes from the last key frame
// on. What is asked for meanwhile, or rolled too far or not at all, is sought.
function roll(clip, frame) {
  const { video } = clip;
  const canRoll = !clip.rolling && video.paused && isReady(clip) && frame === frameAt(video.currentTime) + 1
    && "requestVideoFrameCallback" in video;
  clip.rolling = canRoll && {};
  if (!canRoll) video.pause();
  if (!canRoll) return seek(clip, middleOf(frame));
  const mine = clip.rolling;
  const stop = (shown) => {
    if (clip.rolling !== mine) return;
    clip.rolling = false;
    video.pause();
    if (shown !== frame || frameAt(video.currentTime) !== frame) seek(clip, middleOf(frame));
  };
  const look = (_, { mediaTime }) => {
    const shown = Math.round(mediaTime * FPS);
    if (shown < frame) video.requestVideoFrameCallback(look);
    else setTimeout(stop, Math.max(0, 1000 * (frame / FPS - video.currentTime) + 5), shown); // it is shown before its time
  };
  setTimeout(stop, ROLL_MS);
  video.requestVideoFrameCallback(look);
  video.playbackRate = 1;
  video.play().catch(() => stop());
}

// A server without Range lets nobody seek: play a copy held by the page instead.
async function ownCopy(clip) {
  const { video } = clip;
  if (clip.address) return;
  clip.address = video.getAttribute("src");
  try {
    const reply = await fetch(video.src, { cache: "no-store" });
    const copy = await reply.blob();
    if (!clip.end.signal.aborted) video.src = URL.createObjectURL(copy);
  } catch {
    clip.stuck = true; // it plays from where it is
    video.dispatchEvent(new Event("canplay"));
  }
}

// The one clock of the clips that are seen; `told` hears of every change.
function lockstep(told) {
  const clock = { clips: [], playing: false, loop: true, speed: 1, dragging: false, gathering: false };
  let [at, checked, met, painted, beating] = [0, 0, 0, 0, 0];
  const live = () => clock.clips.filter(({ broken, video }) => !broken && !video.ended);

  clock.length = () => Math.max(0, ...clock.clips.map((clip) => (clip.broken ? 0 : secondsOf(clip))));
  clock.time = () => (clock.playing && !clock.gathering ? now() : at);

  // The middle one of those that run: neither one that hurries nor one that stalls leads.
  function now() {
    const running = live().filter(({ video }) => !video.paused && video.readyState > 2);
    const times = (running.length ? running : live()).map(({ video }) => video.currentTime);
    return times.length ? times.sort((a, b) => a - b)[(times.length - 1) >> 1] : clock.length();
  }

  // Bring all to one time; if they play, they go on together once the last is there.
  clock.seek = (time) => {
    at = within(time, 0, Math.max(0, clock.length() - HALF_S));
    clock.gathering = clock.playing;
    for (const clip of clock.clips) {
      clip.rolling = false;
      clip.video.pause();
    }
    for (const clip of clock.clips) seek(clip, at);
    clock.advance();
    told();
  };
  clock.advance = () => {
    if (!clock.gathering || clock.dragging || !clock.clips.every(isReady)) return;
    clock.gathering = false;
    for (const { video, broken } of clock.clips) {
      video.playbackRate = clock.speed;
      if (!broken) video.play().catch(({ name }) => name === "NotAllowedError" && clock.pause());
    }
  };
  clock.play = () => {
    clock.playing = true;
    clock.seek(at >= clock.length() - 3 * HALF_S ? 0 : at);
    cancelAnimationFrame(beating);
    beating = requestAnimationFrame(beat);
  };
  clock.pause = () => {
    const time = clock.time();
    clock.playing = false;
    clock.seek(middleOf(frameAt(time)));
  };
  clock.step = (frames) => {
    const frame = frameAt(clock.time()) + frames;
    if (clock.playing || frames !== 1 || middleOf(frame) > clock.length()) {
      clock.playing = false;
      return clock.seek(middleOf(frame));
    }
    at = middleOf(frame);
    for (const clip of clock.clips) if (!clip.broken) roll(clip, frame);
    told();
  };
  clock.accelerate = (speed) => {
    clock.speed = speed;
    for (const { video } of clock.clips) video.playbackRate = speed;
    told();
  };
  clock.ended = () => {
    if (!clock.playing || clock.gathering || live().length) return;
    if (clock.loop) return clock.seek(0);
    at = clock.length();
    clock.playing = false;
    told();
  };

  function beat(time_ms) {
    if (!clock.playing) return;
    beating = requestAnimationFrame(beat);
    if (time_ms - checked > CHECK_MS && !clock.gathering) {
      checked = time_ms;
      check(time_ms);
    }
    if (time_ms - painted < PAINT_MS) return;
    painted = time_ms;
    told();
  }

  // Seldom and gently: what strays a little is slowed or sped, what stalls is waited for.
  function check(time_ms) {
    const time = now();
    const isDue = (clip) => !clip.broken && !clip.stuck && time < secondsOf(clip) - 3 * HALF_S;
    const isLost = ({ video }) => video.paused || video.readyState < 3 || Math.abs(video.currentTime - time) > FAR_S;
    if (time_ms - met > CALM_MS && clock.clips.some((clip) => isDue(clip) && isLost(clip))) {
      met = time_ms;
      return clock.seek(time);
    }
    for (const { video } of live()) {
      const ahead_s = video.currentTime - time;
      if (Math.abs(ahead_s) > NEAR_S) video.playbackRate = clock.speed * (1 - within(1.5 * ahead_s, -0.1, 0.1));
      else if (Math.abs(ahead_s) < NEAR_S / 3) video.playbackRate = clock.speed;
    }
  }
  return clock;
}

// Two clips over each other. The videos themselves move there, and back afterwards.
function makeStage(on) {
  const tags = [0, 1].map(() => make("span", { class: "tag", dir: "auto" }));
  const divider = make("div", { class: "divider", role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 100 });
  const both = make("div", { class: "pair" });
  const box = make("div", { class: "stage", hidden: "" }, both, ...tags, divider);
  let [shown, percent] = [[], 50];

  function wipe(to) {
    percent = within(Math.round(to), 0, 100);
    box.style.setProperty("--wipe", `${percent}%`);
    divider.setAttribute("aria-valuenow", percent);
    divider.setAttribute("aria-valuetext", `${percent}% ${tags[0].textContent}`);
  }
  function follow({ clientX, pointerId, type, button }) {
    if (type === "pointerdown" && !button && !divider.hidden) box.setPointerCapture(pointerId);
    if (!box.hasPointerCapture(pointerId)) return;
    const { left, width } = box.getBoundingClientRect();
    wipe((100 * (clientX - left)) / width);
  }
  for (const type of ["pointerdown", "pointermove"]) on(box, type, follow);
  on(divider, "keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -100, End: 100 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    wipe(percent + by * (event.shiftKey ? 10 : 1));
  });

  function show(pair, isWipe) {
    if (areSame(pair, shown) && divider.hidden !== isWipe) return;
    for (const clip of shown) clip.home.replaceWith(clip.video);
    box.hidden = !pair.length;
    divider.hidden = !isWipe;
    shown = pair;
    for (const [index, clip] of pair.entries()) {
      const { width, height } = clip.video;
      if (!index) box.style.setProperty("--ratio", (width || 16) / (height || 9));
      clip.home = make("div", { class: "home", style: `aspect-ratio:${width || 16}/${height || 9}` });
      clip.video.replaceWith(clip.home);
      both.append(clip.video);
      tags[index].textContent = `${"AB"[index]} ${clip.label}`;
    }
    divider.setAttribute("aria-label", `Divider between ${pair.map(({ label }) => label).join(" and ")}`);
    wipe(percent);
  }
  return { box, divider, show };
}

function makeTools() {
  const tools = {};
  for (const [name, [label, key, drawn]] of Object.entries(BUTTONS)) {
    tools[name] = make("button", { type: "button", title: `${label} (${key})` }, drawn ? icon(drawn) : drawn === "" ? key : label);
    if (drawn !== undefined) tools[name].ariaLabel = label;
  }
  const slider = make("input", { type: "range", min: 0, step: "any", "aria-label": "Time of all clips" });
  const speed = make("select", { "aria-label": "Speed", title: "Speed (− and +)" }, ...SPEEDS.map((rate) => make("option", { value: rate }, `${rate}×`)));
  const [a, b] = ["A", "B"].map((letter) => make("select", { "aria-label": `Clip ${letter}` }));
  const { play, start, back, next, end, loop, wipe, difference, full, help } = tools;
  return { play, start, back, next, end, slider, time: make("output", { "aria-live": "off" }), loop, speed, wipe, difference, a, b, full, help };
}

function makeHelp(on) {
  const rows = Object.entries(KEYS).flatMap(([keys, does]) => [
    make("dt", {}, ...keys.split(" ").map((one) => make("kbd", {}, one))), make("dd", {}, does)]);
  const close = make("button", { type: "button" }, "Close");
  const dialog = make("dialog", { class: "help", "aria-label": "Keys" }, make("strong", {}, "Keys"), make("dl", {}, ...rows), close);
  on(close, "click", () => dialog.close());
  on(dialog, "keydown", (event) => {
    event.stopPropagation();
    if (event.key === "?") dialog.close();
  });
  return dialog;
}

// What is drawn and listened to in one comparison; returns what takes it all back.
function enhance(root) {
  root.dataset.compare = "on";
  const end = new AbortController();
  const on = (target, type, heard, { signal } = end) => target.addEventListener(type, heard, { signal });
  const [tools, stage, help, clock] = [makeTools(), makeStage(on), makeHelp(on), lockstep(paint)];
  const group = make("div", { class: "tools", role: "group", "aria-label": "All clips together" }, ...Object.values(tools));
  const clips = new Map(); // of each figure that has a clip
  const choices = new Map(); // what the person ticked, by label
  let [view, pair] = ["side", []];
  const parts = () => [...clips.values()].filter(({ picked }) => picked);

  function take(figure, video) {
    const clip = { figure, video, label: figure.dataset.label ?? "", wanted: null, broken: false, end: new AbortController() };
    const hear = (type, heard) => on(video, type, heard, clip.end);
    hear("loadedmetadata", () => { if (!canSeek(video)) ownCopy(clip); broke(clip, false); paint(); });
    for (const type of ["loadedmetadata", "canplay", "seeked"]) hear(type, () => { seek(clip); clock.advance(); });
    hear("ended", clock.ended);
    hear("error", () => broke(clip, true));
    clip.tick = make("input", { class: "pick", type: "checkbox", "aria-label": `Compare ${clip.label}`, title: "Compare" });
    clip.note = make("p", { role: "alert", style: "margin:0;font-size:12px" });
    on(clip.tick, "change", () => { choices.set(clip.label, clip.tick.checked); choose(); }, clip.end);
    if (video.error) broke(clip, true);
    return clip;
  }

  function broke(clip, isBroken) {
    clip.broken = isBroken;
    clip.note.textContent = isBroken ? "This clip cannot be played: its file is missing or damaged." : "";
    if (isBroken) clip.figure.append(clip.note);
    clock.advance();
    clock.ended();
    paint();
  }

  function join(clip, picked) {
    if (clip.picked === picked) return;
    clip.picked = picked;
    if (!clip.video.paused) clip.video.pause();
    Object.assign(clip.video, { controls: false, loop: !picked, muted: true, playbackRate: picked ? clock.speed : 1 });
  }

  function drop(clip) {
    clip.end.abort();
    join(clip, false);
    clip.video.controls = true;
    clip.tick.remove();
    clip.note.remove();
    if (!clip.video.src.startsWith("blob:") || !clip.address) return;
    URL.revokeObjectURL(clip.video.src);
    clip.video.setAttribute("src", clip.address);
  }

  // Figures come, change and go while an experiment runs.
  function scan() {
    const figures = [...root.querySelectorAll("figure.hailuo-clip")];
    const seen = new Map();
    for (const figure of figures) {
      const known = clips.get(figure);
      const video = view !== "side" && pair.includes(known) ? known.video : figure.querySelector("video[src]");
      if (video) seen.set(figure, known?.video === video ? known : take(figure, video));
    }
    const gone = [...clips].filter(([figure, clip]) => seen.get(figure) !== clip).map(([, clip]) => clip);
    if (!gone.length && seen.size === clips.size) return;
    if (gone.some((clip) => pair.includes(clip))) look("side");
    gone.forEach(drop);
    clips.clear();
    for (const [figure, clip] of seen) clips.set(figure, clip);
    choose();
  }

  // Who takes part: all of up to nine, or those that are ticked.
  function choose() {
    const cells = root.querySelectorAll("figure.hailuo-clip").length;
    const isPicky = root.matches(".hailuo-grid") || cells > CLIPS_MAX;
    let free = (cells > CLIPS_MAX ? PICKED_AT_FIRST : CLIPS_MAX) - parts().length;
    for (const clip of clips.values()) join(clip, choices.get(clip.label) ?? clip.picked ?? free-- > 0);
    const isFull = parts().length >= CLIPS_MAX;
    for (const clip of clips.values()) {
      Object.assign(clip.tick, { checked: clip.picked, disabled: isFull && !clip.picked });
      const place = clip.figure.querySelector("figcaption > p") ?? clip.figure.querySelector("figcaption") ?? clip.figure;
      if (!isPicky) clip.tick.remove();
      else if (!clip.tick.isConnected) place.prepend(clip.tick);
    }
    for (const [index, select] of [tools.a, tools.b].entries()) {
      select.replaceChildren(...parts().map(({ label }, value) => make("option", { value }, `${"AB"[index]} ${label}`)));
      select.value = within(parts().indexOf(pair[index]), index, parts().length - 1);
    }
    look(parts().length > 1 ? view : "side");
  }

  // Side by side, or two over each other: those that are seen play.
  function look(at) {
    const [time, hadFocus] = [clock.time(), stage.divider.matches(":focus")];
    pair = [tools.a, tools.b].map(({ value }) => parts()[value]);
    if (pair[0] === pair[1]) pair[1] = parts().find((clip) => clip !== pair[0]);
    [tools.a.value, tools.b.value] = pair.map((clip) => parts().indexOf(clip));
    view = at;
    if (view === "side") delete root.dataset.view;
    else root.dataset.view = view;
    stage.show(view === "side" ? [] : pair, view === "wipe");
    const seen = view === "side" ? parts() : pair;
    const isSame = areSame(seen, clock.clips);
    for (const clip of clock.clips) if (!seen.includes(clip)) clip.video.pause();
    clock.clips = seen;
    if (!isSame && (clock.playing || time > 0)) clock.seek(time);
    if (hadFocus && view !== "wipe") root.focus();
    paint();
  }

  function paint() {
    const [length_s, time_s, isSide] = [clock.length(), clock.time(), view === "side"];
    const words = `${time_s.toFixed(2)} / ${length_s.toFixed(2)} s`;
    const does = clock.playing ? "Pause" : "Play";
    if (tools.time.textContent !== words) tools.time.textContent = words;
    if (!clock.dragging) Object.assign(tools.slider, { max: length_s || 1, value: time_s });
    if (!clock.playing) tools.slider.ariaValueText = `${words}, frame ${frameAt(time_s)}`;
    if (tools.play.ariaLabel !== does) {
      Object.assign(tools.play, { ariaLabel: does, title: `${does} (Space)` });
      tools.play.replaceChildren(icon(clock.playing ? PAUSE : BUTTONS.play[2]));
    }
    for (const [name, pressed] of [["loop", clock.loop], ["wipe", view === "wipe"], ["difference", view === "difference"]]) tools[name].ariaPressed = pressed;
    tools.a.hidden = tools.b.hidden = isSide;
    tools.wipe.hidden = tools.difference.hidden = parts().length < 2;
    group.hidden = clips.size === 0;
  }

  const toggle = (other) => parts().length > 1 && look(view === other ? "side" : other);
  const accelerate = (by) => {
    tools.speed.selectedIndex = within(tools.speed.selectedIndex + by, 0, SPEEDS.length - 1);
    clock.accelerate(Number(tools.speed.value));
  };
  const swap = () => {
    [tools.a.value, tools.b.value] = [tools.b.value, tools.a.value];
    look(view);
  };
  const act = {
    play: () => (clock.playing ? clock.pause() : clock.play()),
    start: () => clock.seek(0),
    back: () => clock.step(-1),
    next: () => clock.step(1),
    end: () => clock.seek(clock.length()),
    loop: () => { clock.loop = !clock.loop; paint(); },
    wipe: () => toggle("wipe"),
    difference: () => toggle("difference"),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch(() => {}),
    help: () => help.showModal(),
  };
  const later = (seconds) => clock.seek(clock.time() + seconds);
  const byKey = {
    " ": act.play, k: act.play, ",": act.back, ".": act.next, ArrowLeft: act.back, ArrowRight: act.next,
    j: () => later(-1), l: () => later(1), Home: act.start, End: act.end, r: act.loop, d: act.difference, x: swap, f: act.full,
    "-": () => accelerate(-1), "[": () => accelerate(-1), "+": () => accelerate(1), "]": () => accelerate(1), "?": act.help,
    w: () => { act.wipe(); if (view === "wipe") stage.divider.focus(); },
    Escape: () => look("side"),
  };

  function key(event) {
    const { target, shiftKey } = event;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const isTyping = target.closest("select,textarea,[contenteditable]") || (name === " " && target.closest("button,summary,a,.pick"))
      || (name.startsWith("Arrow") && target.matches("[role=region]")); // it scrolls
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || (name === "Escape" && view === "side")) return;
    const shifted = shiftKey && { ArrowLeft: byKey.j, ArrowRight: byKey.l }[name];
    const tenth = /^\d$/.test(name) && (() => clock.seek((clock.length() * name) / 10));
    const does = shifted || tenth || byKey[name];
    if (!does || !clock.clips.length) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }

  const bar = root.querySelector(".hailuo-bar") ?? make("div", { class: "hailuo-bar", style: "margin:8px 0" });
  const added = [stage.box, make("style", {}, CSS), group, help];
  if (!bar.isConnected) { root.prepend(bar); added.push(bar); }
  bar.before(stage.box);
  bar.append(...added.slice(1, 4));
  Object.assign(root, { tabIndex: 0, role: "group", ariaLabel: root.ariaLabel ?? "Clips that play together" });
  root.dataset.lmSuppressShortcuts = "true";
  tools.speed.value = 1;
  tools.full.hidden = !document.fullscreenEnabled;
  for (const [name, does] of Object.entries(act)) on(tools[name], "click", does);
  on(tools.speed, "change", () => accelerate(0));
  for (const select of [tools.a, tools.b]) on(select, "change", () => look(view));
  on(tools.slider, "pointerdown", () => { clock.dragging = true; });
  for (const type of ["pointerup", "pointercancel"]) on(tools.slider, type, () => { clock.dragging = false; clock.advance(); });
  on(tools.slider, "input", () => clock.seek(Number(tools.slider.value)));
  on(root, "keydown", key);
  on(root, "click", ({ target }) => {
    const clip = [...clips.values()].find(({ video }) => video === target);
    if (!clip || target.controls || (clip.picked && view !== "side")) return;
    if (clip.picked) return act.play();
    target.controls = true; // it plays by itself
    target.play().catch(() => {});
  });
  on(bar, "pointerenter", () => { for (const { video } of clock.clips) video.preload = "auto"; });
  scan();
  const begun = clock.clips.find(({ video }) => video.currentTime > 0);
  if (begun) clock.seek(begun.video.currentTime);
  const observer = new MutationObserver(scan);
  observer.observe(root, { childList: true, subtree: true });

  return () => {
    observer.disconnect();
    end.abort();
    clock.playing = false;
    delete root.dataset.view;
    stage.show([]);
    for (const clip of clips.values()) drop(clip);
    for (const element of added) element.remove();
  };
}

// A notebook takes cells out of the page and puts them back: follow it.
function follow(root) {
  let leave = enhance(root);
  new IntersectionObserver(() => {
    if (root.isConnected) leave ??= enhance(root);
    else leave = leave && void leave() || null;
  }).observe(root);
}

for (const root of document.querySelectorAll(".hailuo-compare:not([data-compare])")) follow(root);
return enhance;
})();
