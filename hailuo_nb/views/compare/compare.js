// Plays the clips of a comparison or a grid in lockstep: one toolbar, one clock.
// It knows figures `.hailuo-clip` below a root `.hailuo-compare`, not tasks or kernels; without
// it they are plain players. Text is set as text, never as markup.
import { COPIES, enlarge, makeActions, save } from "../actions.js";
import { make, shared } from "../dom.js";
import { missingWords } from "../missing.js";
import { followPointer } from "../moments.js";
import { canSeek, frameAt, letGo, pressKey, SPEEDS, within } from "../playback.js";
import { lockstep, ownCopy, seek } from "./clock.js";
import { fitter } from "./fit.js";
import { solo } from "./sound.js";
import { areSame, makeStage } from "./stage.js";
import { CSS } from "./style.js";
import { glyph, KEYS, makeHelp, makeJudge, makeTools, PAUSE, PLAY } from "./tools.js";

const CLIPS_MAX = 9;
const PICKED_AT_FIRST = 4;
const KEPT_MS = 5000;

/**
 * How clips were played when they left the page: what takes their place goes on from there.
 * @typedef {{ at_ms: number, time_s: number, playing: boolean, loop: boolean, speed: string, view: string, isOpen: boolean, choices: Map<string, boolean> }} Kept
 * @type {Map<string, Kept>}
 */
const kept = shared(Symbol.for("hailuo.kept"), () => new Map());

/** @typedef {import("./clock.js").Clip} Clip */

/**
 * Draw and listen in one comparison; returns what takes it all back, and can begin anew.
 * @param {HTMLElement} root
 * @param {{ more?: Record<string, () => void>, keys?: Record<string, string> }} [of] what further keys do, and what the help says of all
 */
export function enhance(root, { more = {}, keys = KEYS } = {}) {
  root.dataset.compare = "on";
  const end = new AbortController();
  /** @type {import("./stage.js").On} */
  const on = (target, type, heard, { signal } = end) => target.addEventListener(type, heard, { signal });
  const [tools, stage, help, clock] = [makeTools(), makeStage(on), makeHelp(on, keys), lockstep(paint)];
  const fit = fitter(root);
  const group = make("div", "tools", { role: "group", "aria-label": "All clips together" }, ...Object.values(tools));
  if (root.dataset.judge) group.append(...makeJudge(root.dataset.judge, on));
  /** @type {Map<Element, Clip>} */
  const clips = new Map(); // of each figure that has a clip
  const sound = solo(tools.sound, clips);
  /** @type {Map<string, boolean>} */
  const choices = new Map(); // what the person ticked, by label
  let view = "side";
  let isOpen = false; // the strips, of one and all
  /** @type {Clip[]} */
  let pair = [];
  const parts = () => [...clips.values()].filter(({ picked }) => picked);

  /** @param {HTMLElement} figure @param {HTMLVideoElement} video */
  function take(figure, video) {
    const label = figure.dataset.label ?? "";
    /** @type {Clip} */
    const clip = {
      figure,
      video,
      label,
      wanted: null,
      broken: false,
      end: new AbortController(),
      tick: make("input", "pick", { type: "checkbox", "aria-label": `Compare ${label}`, title: "Compare" }),
      note: make("p", "", { role: "alert", style: "margin:0;font-size:12px" }),
      acts: makeActions(figure.dataset, {
        Download: ({ file }) => save(video, file),
        ...COPIES,
        "Full size": () => enlarge(video),
      }),
    };
    if (figure.dataset.task) figure.append(clip.acts);
    const hear = (/** @type {string} */ type, /** @type {() => void} */ heard) => on(video, type, heard, clip.end);
    hear("loadedmetadata", () => {
      if (!canSeek(video)) ownCopy(clip);
      broke(clip, false);
      paint();
    });
    for (const type of ["loadedmetadata", "canplay", "seeked"])
      hear(type, () => {
        seek(clip);
        clock.advance();
      });
    for (const type of ["loadeddata", "timeupdate"]) hear(type, paint);
    hear("volumechange", () => sound.changed(clip));
    hear("ended", clock.ended);
    hear("error", () => broke(clip, true));
    on(
      clip.tick,
      "change",
      () => {
        choices.set(clip.label, clip.tick.checked);
        choose();
      },
      clip.end,
    );
    followPointer(video, figure, clip.end.signal, video.currentTime > 0 || !video.paused);
    if (video.error) broke(clip, true);
    return clip;
  }

  /** @param {Clip} clip @param {boolean} isBroken */
  function broke(clip, isBroken) {
    clip.broken = isBroken;
    clip.note.textContent = isBroken ? missingWords(clip.video) : "";
    if (isBroken) clip.figure.append(clip.note);
    clock.advance();
    clock.ended();
    paint();
  }

  /** @param {Clip} clip @param {boolean} picked */
  function join(clip, picked) {
    if (clip.picked === picked) return;
    clip.picked = picked;
    if (!clip.video.paused) clip.video.pause();
    Object.assign(clip.video, { controls: false, loop: !picked, muted: true, playbackRate: picked ? clock.speed : 1 });
  }

  /** @param {Clip} clip */
  function drop(clip) {
    clip.end.abort();
    join(clip, false);
    clip.video.controls = true;
    clip.tick.remove();
    clip.note.remove();
    clip.acts.remove();
    letGo(clip.video);
  }

  const strips = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll(".hailuo-frames"));
  function unfold(to = isOpen) {
    isOpen = to;
    for (const strip of strips()) strip.open = to;
    tools.frames.ariaPressed = String(to);
    tools.frames.hidden = !root.querySelector(".hailuo-strip img");
    if (root === document.fullscreenElement) fit();
  }

  // Figures come, change and go while an experiment runs.
  function scan() {
    unfold();
    const figures = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("figure.hailuo-clip"));
    /** @type {Map<Element, Clip>} */
    const seen = new Map();
    for (const figure of figures) {
      const known = clips.get(figure);
      const isAway = known !== undefined && view !== "side" && pair.includes(known); // its video is on the stage
      const video = isAway ? known.video : /** @type {HTMLVideoElement | null} */ (figure.querySelector("video[src]"));
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
      const place =
        clip.figure.querySelector("figcaption > p") ?? clip.figure.querySelector("figcaption") ?? clip.figure;
      if (!isPicky) clip.tick.remove();
      else if (!clip.tick.isConnected) place.prepend(clip.tick);
    }
    for (const [index, select] of [tools.a, tools.b].entries()) {
      select.replaceChildren(
        ...parts().map(({ label }, value) => make("option", "", { value }, `${"AB"[index]} ${label}`)),
      );
      select.value = String(within(parts().indexOf(pair[index]), index, parts().length - 1));
    }
    look(parts().length > 1 ? view : "side");
  }

  // Side by side, or two over each other: those that are seen play.
  /** @param {string} at */
  function look(at) {
    const [time, hadFocus] = [clock.time(), stage.divider.matches(":focus")];
    pair = [tools.a, tools.b].map(({ value }) => parts()[Number(value)]);
    if (pair[0] === pair[1]) pair[1] = /** @type {Clip} */ (parts().find((clip) => clip !== pair[0]));
    [tools.a.value, tools.b.value] = pair.map((clip) => String(parts().indexOf(clip)));
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
      tools.play.replaceChildren(glyph(clock.playing ? PAUSE : PLAY));
    }
    root.toggleAttribute("data-playing", clock.playing && length_s > 0); // also while they wait for one of them
    tools.loop.ariaPressed = String(clock.loop);
    for (const other of /** @type {const} */ (["wipe", "difference"]))
      tools[other].ariaPressed = String(view === other);
    tools.a.hidden = tools.b.hidden = isSide;
    tools.wipe.hidden = tools.difference.hidden = parts().length < 2;
    group.hidden = clips.size === 0;
    sound.offer(clock.clips);
  }

  const toggle = (/** @type {string} */ other) => {
    if (parts().length > 1) look(view === other ? "side" : other);
  };
  /** @type {import("../playback.js").Deck} */
  const deck = {
    toggle: () => (clock.playing ? clock.pause() : clock.play()),
    step: clock.step,
    seek: clock.seek,
    time: clock.time,
    length: clock.length,
    loop: () => {
      clock.loop = !clock.loop;
      paint();
    },
    accelerate(by) {
      tools.speed.selectedIndex = within(tools.speed.selectedIndex + by, 0, SPEEDS.length - 1);
      clock.accelerate(Number(tools.speed.value));
    },
    sound: sound.next,
    full: () =>
      void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch(() => {}),
  };
  const swap = () => {
    [tools.a.value, tools.b.value] = [tools.b.value, tools.a.value];
    look(view);
  };
  const act = {
    play: deck.toggle,
    start: () => clock.seek(0),
    back: () => clock.step(-1),
    next: () => clock.step(1),
    end: () => clock.seek(clock.length()),
    loop: deck.loop,
    wipe: () => toggle("wipe"),
    difference: () => toggle("difference"),
    frames: () => unfold(!isOpen),
    full: deck.full,
    help: () => help.showModal(),
  };
  const own = {
    d: act.difference,
    s: act.frames,
    x: swap,
    "?": act.help,
    w: () => {
      act.wipe();
      if (view === "wipe") stage.divider.focus();
    },
    ...more,
  };

  function key(/** @type {KeyboardEvent} */ event) {
    if (clock.clips.length) pressKey(event, deck, view === "side" ? own : { ...own, Escape: () => look("side") });
  }

  const bar =
    /** @type {HTMLElement | null} */ (root.querySelector(".hailuo-bar")) ??
    make("div", "hailuo-bar", { style: "margin:8px 0" });
  /** @type {HTMLElement[]} */
  const added = [stage.box, make("style", "", {}, CSS), group, help];
  if (!bar.isConnected) {
    root.prepend(bar);
    added.push(bar);
  }
  bar.after(stage.box); // so that it stays where it is
  bar.append(...added.slice(1, 4));
  Object.assign(root, { tabIndex: 0, role: "group", ariaLabel: root.ariaLabel ?? "Clips that play together" });
  root.dataset.lmSuppressShortcuts = "true";
  tools.speed.value = "1";
  tools.full.hidden = !document.fullscreenEnabled;
  for (const [name, does] of Object.entries(act)) on(tools[/** @type {keyof typeof act} */ (name)], "click", does);
  on(tools.sound, "change", sound.pick);
  on(tools.speed, "change", () => deck.accelerate(0));
  for (const select of [tools.a, tools.b]) on(select, "change", () => look(view));
  on(tools.slider, "pointerdown", ({ button }) => {
    clock.dragging = button === 0; // who lets go of another may do so in a menu, unheard
  });
  for (const type of ["pointerup", "pointercancel"])
    on(tools.slider, type, () => {
      clock.dragging = false;
      clock.advance();
    });
  on(tools.slider, "input", () => clock.seek(Number(tools.slider.value)));
  on(root, "keydown", key);
  on(root, "fullscreenchange", fit);
  on(window, "resize", fit);
  on(root, "click", ({ target }) => {
    const clip = [...clips.values()].find(({ video }) => video === target);
    if (!clip || target.controls || (clip.picked && view !== "side")) return;
    if (clip.picked) return act.play();
    target.controls = true; // it plays by itself
    target.play().catch(() => {});
  });
  on(bar, "pointerenter", () => {
    for (const { video } of clock.clips) video.preload = "auto";
  });
  /** @param {Kept} then */
  function goOn(then) {
    for (const [label, picked] of then.choices) choices.set(label, picked);
    choose();
    tools.speed.value = then.speed;
    clock.loop = then.loop;
    deck.accelerate(0);
    look(parts().length > 1 ? then.view : "side");
    unfold(then.isOpen);
    clock.seek(then.time_s);
    if (then.playing) clock.play();
  }
  scan();
  const played = kept.get(root.dataset.grid ?? "");
  kept.delete(root.dataset.grid ?? "");
  if (played && performance.now() - played.at_ms < KEPT_MS) goOn(played);
  const begun = clock.clips.find(({ video }) => video.currentTime > 0);
  if (begun) clock.seek(begun.video.currentTime);
  const observer = new MutationObserver(scan);
  observer.observe(root, { childList: true, subtree: true });

  function leave() {
    if (root.dataset.grid)
      kept.set(root.dataset.grid, {
        at_ms: performance.now(),
        time_s: clock.time(),
        playing: clock.playing,
        loop: clock.loop,
        speed: tools.speed.value,
        view,
        isOpen,
        choices,
      });
    observer.disconnect();
    end.abort();
    clock.playing = false;
    delete root.dataset.playing;
    delete root.dataset.view;
    stage.show([], false);
    for (const clip of clips.values()) drop(clip);
    for (const element of added) element.remove();
  }
  /** From the start, with clips that may have just come. @param {boolean} plays */
  function restart(plays) {
    scan();
    clock.seek(0);
    if (plays) clock.play();
  }
  return Object.assign(leave, { restart });
}
