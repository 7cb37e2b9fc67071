// What the buttons of a tile do: each asks Python once, and tells its words.
// It knows one tile at a time, not the list it stands in.
import { copyText, icon, make, say } from "../dom.js";
import { pressKey, single } from "../playback.js";
import { mayPreview } from "../task.js";
import * as tile from "./tile.js";

const NO_COPY = "The browser does not allow copying here. The prompt is marked: press Ctrl+C.";

/**
 * `clips` plays them, `merge` takes a row that is known to have changed, `toForm` goes to the prompt.
 * @param {import("./wire.js").Wire} wire
 */
export function tileActs(wire, clips, merge, toForm) {
  const resting = new Set(); // what is asked and not answered, so that a second click is none

  async function ask(one, kind, more = {}) {
    const key = `${kind} ${one.id}`;
    if (resting.has(key)) return false;
    resting.add(key);
    try {
      const { words } = await wire.ask({ kind, id: one.id, ...more });
      if (words) wire.tell(words);
      return true;
    } catch (error) {
      wire.tell(error.message, "error");
      return false;
    } finally {
      resting.delete(key);
    }
  }

  // A video is made only when it is wanted; the picture stays below until it shows.
  function open(one, { once = false } = {}) {
    const { parts, row } = one;
    const hadFocus = parts.play === document.activeElement;
    const video = make("video", "", { controls: true, loop: !once, playsinline: true, "aria-label": row.label });
    Object.assign(video, { muted: true, autoplay: true });
    const poster = parts.frame.querySelector("img")?.getAttribute("src");
    if (poster) video.poster = poster;
    one.video = video;
    parts.play.hidden = true;
    parts.play.before(video);
    const { signal } = wire;
    const deck = single(video, signal);
    video.addEventListener("keydown", (event) => pressKey(event, deck), { signal });
    video.addEventListener(
      "ended",
      () => {
        // who plays it again wants it in a loop
        video.addEventListener(
          "play",
          () => {
            video.loop = true;
          },
          { signal, once: true },
        );
      },
      { signal, once: true },
    );
    clips.load(video, row, (words) => say(parts.loading, words));
    if (hadFocus) video.focus({ preventScroll: true });
  }

  function play(one) {
    for (const other of one.root.parentElement.querySelectorAll("video")) other.pause(); // one at a time
    open(one);
  }

  async function copyPrompt(one) {
    if (await copyText(one.row.prompt)) return wire.tell("Prompt copied.");
    one.parts.prompt.open = true;
    getSelection()?.selectAllChildren(one.parts.prompt.querySelector("summary"));
    wire.tell(NO_COPY);
  }

  function rename(one) {
    const { root, parts, row } = one;
    if (root.querySelector("form")) return;
    const back = () => parts.actions.querySelector('[data-act="rename"]').focus();
    const field = make("input", "", {
      type: "text",
      "aria-label": `New name for ${row.label}`,
      maxlength: "200",
      autocomplete: "off",
      spellcheck: "false",
    });
    const save = make(
      "button",
      "small",
      { type: "submit", "aria-label": "Save the name", title: "Save (Enter)" },
      icon("check"),
    );
    const leave = make(
      "button",
      "small",
      { type: "button", "aria-label": "Keep the old name", title: "Keep the old name (Escape)" },
      icon("close"),
    );
    const form = make("form", "rename", {}, field, save, leave);
    const close = () => {
      form.remove();
      parts.name.hidden = false;
      back();
    };
    const on = (target, type, heard) => target.addEventListener(type, heard, { signal: wire.signal });
    field.value = row.named ? row.label : "";
    field.placeholder = row.label;
    on(leave, "click", close);
    on(form, "keydown", (event) => {
      event.stopPropagation(); // the panel's and the notebook's keys are letters here
      if (event.key === "Escape") close();
    });
    on(form, "submit", async (event) => {
      event.preventDefault();
      if (field.value.trim() === (row.named ? row.label : "")) return close();
      if ((await ask(one, "rename", { name: field.value.trim() })) && form.isConnected) close();
      else field.focus();
    });
    parts.name.hidden = true;
    parts.name.before(form);
    field.focus();
    field.select();
  }

  async function press(one, kind) {
    if (one.asked) return;
    tile.rest(one, kind);
    const isGranted = await ask(one, kind);
    if (!one.asked) return;
    if (!isGranted) tile.wake(one);
    else if (kind === "retry") tile.settle(one);
  }

  // Who went elsewhere meanwhile is not called back.
  async function fill(one, kind) {
    const isFilled = await ask(one, kind);
    const { activeElement } = document;
    if (isFilled && (activeElement === document.body || one.root.contains(activeElement))) toForm();
  }

  const does = {
    play,
    rename,
    copy: copyPrompt,
    continue: (one) => fill(one, "continue"),
    use: (one) => fill(one, "use"),
    stop: (one) => press(one, "stop"),
    retry: (one) => press(one, "retry"),
    async hide(one) {
      const hidden = !one.row.hidden;
      if (await ask(one, "hide", { hidden })) merge([{ ...one.row, hidden }]);
    },
  };

  // What ends before one's eyes plays through once, unless something plays already.
  function preview(one, list) {
    const isQuiet = [...list.querySelectorAll("video")].every(
      ({ paused, autoplay, error }) => error || (paused && !autoplay),
    );
    if (mayPreview(one.root, isQuiet, list.getBoundingClientRect())) open(one, { once: true });
  }
  return { does, preview };
}
