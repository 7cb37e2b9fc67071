// The player of one clip on a card, live or saved. It knows the figure, its video and the bar below;
// without it the plain player works.
import { makeActions } from "../actions.js";
import { BACK, FULL, glyph, makeSpeed, NEXT, PAUSE, PLAY } from "../compare/tools.js";
import { hears, make } from "../dom.js";
import { missingWords } from "../missing.js";
import { followPointer } from "../moments.js";
import { hasSound, letGo, pressKey, single } from "../playback.js";
import { ACCENT } from "../tokens.js";

const CSS = `.hailuo-card,.hailuo-live{${ACCENT}video{cursor:pointer;touch-action:pan-y}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible,[data-now]{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px;
:is(button,select){font:inherit;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #8888;border-radius:4px;background:#8881;cursor:pointer}
[hidden],p:empty{display:none}
p,[open]{flex:1 0 100%}
summary~*{margin:4px 4px 0 0}
p{margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{padding:0}
option{color:CanvasText;background:Canvas}
input{flex:1 80px;min-width:60px;accent-color:var(--accent)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
output{font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit}}
:fullscreen{display:flex;flex-direction:column;max-width:none!important;padding:8px!important;
outline:0;background:var(--jp-layout-color1,Canvas);
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`;

/**
 * The browser's own controls go: they would answer to the same clicks and keys.
 * @param {HTMLElement} figure
 * @param {HTMLVideoElement} video
 * @param {Element} bar
 */
export function enhance(figure, video, bar) {
  const end = new AbortController();
  /** @type {(target: EventTarget, types: string, heard: (event: any) => void) => void} */
  const on = (target, types, heard) => hears(target, end.signal)(types, heard);
  /** @type {(label: string, key: string, drawn: string | Node, pressed: () => void) => HTMLElement} */
  const button = (label, key, drawn, pressed) => {
    const made = make("button", "", { "aria-label": label, title: `${label} (${key})` }, drawn);
    on(made, "click", pressed);
    return made;
  };
  const screen = /** @type {HTMLElement} */ (bar.parentElement);
  const deck = single(video, end.signal, paint, screen);
  followPointer(video, figure, end.signal, video.currentTime > 0 || !video.paused);
  const play = button("Play", "Space", "", deck.toggle);
  const slider = make("input", "", { type: "range", min: 0, step: "any", "aria-label": "Position" });
  const time = make("output", "", { "aria-label": "Time", "aria-live": "off" });
  const speed = makeSpeed();
  const loop = button("Loop", "R", "Loop", deck.loop);
  const sound = button("Sound", "M", "♪", deck.sound);
  const full = button("Full screen", "F", glyph(FULL), deck.full);
  const broken = make("p", "", { role: "alert" });
  /** @type {HTMLElement[]} */
  const added = [
    make("style", "", {}, CSS),
    broken,
    play,
    button("Previous frame", ",", glyph(BACK), () => deck.step(-1)),
    button("Next frame", ".", glyph(NEXT), () => deck.step(1)),
    slider,
    time,
    speed,
    loop,
    sound,
    full,
    makeActions(figure.dataset),
  ];
  function paint() {
    play.replaceChildren(glyph(video.paused ? PLAY : PAUSE));
    play.ariaLabel = video.paused ? "Play" : "Pause";
    Object.assign(slider, { max: deck.length() || 1, value: video.currentTime });
    time.value = `${video.currentTime.toFixed(2)} s`;
    speed.value = String(video.playbackRate);
    loop.ariaPressed = String(video.loop);
    sound.ariaPressed = String(!video.muted);
    sound.hidden = !hasSound(video);
  }
  on(slider, "input", () => deck.seek(+slider.value));
  on(speed, "change", () => {
    video.defaultPlaybackRate = video.playbackRate = +speed.value;
  });
  full.hidden = !document.fullscreenEnabled;
  on(video, "click", deck.toggle);
  on(video, "error loadeddata", (event) => {
    broken.textContent = event.type === "error" ? missingWords(video) : "";
  });
  on(video, "timeupdate seeked play pause volumechange loadeddata durationchange", paint);
  Object.assign(/** @type {HTMLAnchorElement} */ (bar.querySelector("a")), { href: video.src, hidden: false });
  bar.prepend(...added);
  video.controls = false;
  // What fills the screen takes the keys' focus from all that stands around it.
  on(screen, "fullscreenchange", () => (document.fullscreenElement ? screen : figure).focus());
  screen.tabIndex = -1;
  figure.tabIndex = 0;
  figure.dataset.lmSuppressShortcuts = "true";
  on(figure, "keydown", (event) => pressKey(event, deck));
  on(video, "loadedmetadata", deck.ready);
  paint();
  return () => {
    end.abort();
    video.pause();
    video.controls = true;
    for (const element of added) element.remove();
    letGo(video);
  };
}
