// What the buttons of a tile do: each asks Python once, and tells its words.
// It knows one tile at a time, not the list it stands in.
import { enlarge } from "../actions.js";
import { copyText, icon, make, say } from "../dom.js";
import { pressKey, single } from "../playback.js";
import { mayPreview } from "../task.js";
import * as tile from "./tile.js";

const NO_COPY = "The browser does not allow copying here. The prompt is marked: press Ctrl+C.";

/**
 * @typedef {import("./tile.js").Tile} Tile
 * @typedef {import("./tile.js").Row} Row
 */

/** @param {Row} row */
function renameForm({ label, named }) {
  const parts = {
    field: make("input", "", {
      type: "text",
      "aria-label": `New name for ${label}`,
      maxlength: "200",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: label,
    }),
    save: make(
      "button",
      "small",
      { type: "submit", "aria-label": "Save the name", title: "Save (Enter)" },
      icon("check"),
    ),
    leave: make(
      "button",
      "small",
      { type: "button", "aria-label": "Keep the old name", title: "Keep the old name (Escape)" },
      icon("close"),
    ),
  };
  parts.field.value = named ? label : "";
  return { ...parts, root: make("form", "rename", {}, parts.field, parts.save, parts.leave) };
}

/** What plays once, played again, goes on in a loop. @param {HTMLVideoElement} video @param {AbortSignal} signal */
function loopLater(video, signal) {
  const loop = () => {
    video.loop = true;
  };
  const ended = () => video.addEventListener("play", loop, { signal, once: true });
  video.addEventListener("ended", ended, { signal, once: true });
}

export class TileActs {
  #wire;
  #player;
  #list;
  #toForm;
  /** @type {Set<string>} */
  #resting = new Set(); // what is asked and not answered, so that a second click is none
  /** @type {Record<string, (one: Tile) => void>} by a button's `data-act` */
  does = {
    play: (one) => this.#play(one),
    enlarge: (one) => this.#enlarge(one),
    rename: (one) => this.#rename(one),
    copy: (one) => this.#copyPrompt(one),
    download: (one) => this.#download(one),
    continue: (one) => this.#fill(one, "continue"),
    use: (one) => this.#fill(one, "use"),
    stop: (one) => this.#press(one, "stop"),
    retry: (one) => this.#press(one, "retry"),
    hide: (one) => this.#hide(one.row, !one.row.hidden),
  };

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {import("./player.js").Player} player
   * @param {{ merge: (rows: Row[]) => void, isPicked: (id: string) => boolean, pick: (id: string) => void }} list
   * takes a row that is known to have changed; and which clips are picked
   * @param {() => void} toForm goes to the prompt
   */
  constructor(wire, player, list, toForm) {
    this.#wire = wire;
    this.#player = player;
    this.#list = list;
    this.#toForm = toForm;
  }

  /**
   * Ask once; promise whether it was granted, its words told.
   * @param {string} id
   * @param {string} kind
   * @param {object} [more]
   * @param {import("./wire.js").Remedy | null} [remedy]
   */
  async #ask(id, kind, more = {}, remedy = null) {
    const key = `${kind} ${id}`;
    if (this.#resting.has(key)) return false;
    this.#resting.add(key);
    try {
      const { words } = await this.#wire.ask({ kind, id, ...more });
      if (words) this.#wire.tell(words, "", remedy);
      return true;
    } catch (error) {
      this.#wire.tell(error.message, "error");
      return false;
    } finally {
      this.#resting.delete(key);
    }
  }

  /** A video is made only when it is wanted; the picture stays below until it shows. @param {Tile} one */
  #open(one, { once = false } = {}) {
    const { parts, row } = one;
    if (!row.src) return;
    const { signal } = this.#wire;
    const hadFocus = parts.play === document.activeElement;
    const video = make("video", "", { controls: true, loop: !once, playsinline: true, "aria-label": row.label });
    Object.assign(video, { muted: true, autoplay: true });
    const poster = parts.frame.querySelector("img")?.getAttribute("src");
    if (poster) video.poster = poster;
    one.video = video;
    parts.play.hidden = true;
    parts.play.before(video);
    const deck = single(video, signal);
    video.addEventListener("keydown", (event) => pressKey(event, deck), { signal });
    if (once) loopLater(video, signal);
    this.#player.load(video, { id: row.id, src: row.src }, (words) => say(parts.loading, words));
    if (hadFocus) video.focus({ preventScroll: true });
  }

  /** One at a time. @param {Tile} one */
  #play(one) {
    for (const other of one.root.parentElement?.querySelectorAll("video") ?? []) other.pause();
    this.#open(one);
  }

  /** @param {Tile} one */
  #enlarge(one) {
    if (!one.video) this.#play(one);
    if (one.video) enlarge(one.video);
  }

  /** @param {Tile} one */
  async #copyPrompt({ row, parts: { prompt } }) {
    if (await copyText(row.prompt)) return this.#wire.tell("Prompt copied.");
    prompt.open = true;
    const summary = prompt.querySelector("summary");
    if (summary) getSelection()?.selectAllChildren(summary);
    this.#wire.tell(NO_COPY);
  }

  /** Under the name that it is known by. @param {Tile} one */
  async #download({ row: { id, src, file }, parts: { loading } }) {
    if (!src) return;
    try {
      const href = await this.#player.address({ id, src }, (words) => say(loading, words));
      make("a", "", { href, download: file }).click();
    } catch (error) {
      this.#wire.tell(error.message, "error");
    }
    say(loading, "");
  }

  /** @param {Tile} one */
  #rename(one) {
    const { root: li, parts, row } = one;
    if (li.querySelector("form.rename")) return;
    const { root, field, leave } = renameForm(row);
    const { signal } = this.#wire;
    const before = field.value;
    const close = () => {
      root.remove();
      parts.name.hidden = false;
      /** @type {HTMLElement | null} */ (parts.actions.querySelector('[data-act="rename"]'))?.focus();
    };
    leave.addEventListener("click", close, { signal });
    const key = (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation(); // the panel's and the notebook's keys are letters here
      if (event.key === "Escape") close();
    };
    root.addEventListener("keydown", key, { signal });
    const save = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (name === before) return close();
      if ((await this.#ask(row.id, "rename", { name })) && root.isConnected) close();
      else field.focus();
    };
    root.addEventListener("submit", save, { signal });
    parts.name.hidden = true;
    parts.name.before(root);
    field.focus();
    field.select();
  }

  /** @param {Tile} one @param {"stop" | "retry"} kind */
  async #press(one, kind) {
    if (one.asked) return;
    tile.rest(one, kind);
    const isGranted = await this.#ask(one.id, kind);
    if (!one.asked) return;
    if (!isGranted) tile.wake(one);
    else if (kind === "retry") tile.settle(one);
  }

  /** Who went elsewhere meanwhile is not called back. @param {Tile} one @param {string} kind */
  async #fill(one, kind) {
    const isFilled = await this.#ask(one.id, kind);
    const { activeElement } = document;
    if (isFilled && (activeElement === document.body || one.root.contains(activeElement))) this.#toForm();
  }

  /** What was hidden by mistake comes back with one click, picked again if it was. @param {Row} row @param {boolean} hidden */
  async #hide(row, hidden) {
    const wasPicked = this.#list.isPicked(row.id);
    const undo = async () => {
      await this.#hide({ ...row, hidden }, !hidden);
      if (wasPicked) this.#list.pick(row.id);
    };
    if (await this.#ask(row.id, "hide", { hidden }, { words: "Undo", does: undo }))
      this.#list.merge([{ ...row, hidden }]);
  }

  /** What ends before one's eyes plays through once, unless something plays already. @param {Tile} one @param {Element} list */
  preview(one, list) {
    const isQuiet = [...list.querySelectorAll("video")].every(
      ({ paused, autoplay, error }) => error || (paused && !autoplay),
    );
    if (mayPreview(one.root, isQuiet, list.getBoundingClientRect())) this.#open(one, { once: true });
  }
}
