// Clips that are picked, and their comparison. The selection is the model's, so that all views
// and Python agree; what plays them together is compare.js, the markup comes from Python.
// Where only the kernel can read a clip the markup has its picture: the player takes its place.
import { enhance } from "../compare/compare.js";
import { claim, focused, foreign, hit, icon, make, say } from "../dom.js";
import { keepInSight } from "./in_sight.js";
import { judging } from "./judging.js";

/**
 * @typedef {import("./tile.js").Row} Row
 * @typedef {object} About what is known of clips
 * @property {(id: string) => Row | undefined} row
 * @property {import("./posters.js").Posters} pictures
 * @property {import("./player.js").Player} player
 * @property {HTMLElement} scroller where they stand
 * @property {{ focus: () => void }} otherwise where the focus goes when nothing is picked
 */

/** @param {Element} figure @param {Row | undefined} row */
function videoOf(figure, row) {
  const [still, video] = [/** @type {HTMLElement} */ (figure.firstElementChild), figure.querySelector("video")];
  if (video || !row?.src) return video;
  const made = make("video", "", {
    controls: true,
    loop: true,
    playsinline: true,
    preload: "none",
    width: still.getAttribute("width") ?? row.size_px[0],
    height: still.getAttribute("height") ?? row.size_px[1],
    title: row.label,
    poster: still.getAttribute("src"),
    style: still.style.cssText,
  });
  made.style.opacity = "";
  still.replaceWith(made);
  return made;
}

/** In a template nothing loads and nothing runs. @param {string} html */
function readMarkup(html) {
  const template = make("template");
  template.innerHTML = html;
  for (const script of template.content.querySelectorAll("script")) script.remove();
  return /** @type {HTMLElement} */ (template.content.querySelector(".hailuo-compare"));
}

function skeleton() {
  const parts = {
    chips: make("ul", "chips", { role: "list", "aria-label": "Picked clips" }),
    why: make("p", "quiet", { role: "status" }),
    go: make("button", "primary", { type: "button" }),
    judge: make("button", "", { type: "button", title: "Vote on two at a time, names hidden" }, "Judge"),
    clear: make("button", "plain", { type: "button", "aria-label": "Clear the picked clips" }, "Clear"),
    close: make("button", "", { type: "button" }, icon("close"), "Close"),
    status: make("p", "quiet", { role: "status", hidden: true }),
    holder: make("div"),
  };
  const buttons = make("div", "buttons", {}, parts.go, parts.judge, parts.clear);
  const named = { "aria-label": "Picked for comparison", hidden: true };
  const header = make("header", "", {}, make("h3", "", {}, "Comparison"), parts.close);
  const region = { "aria-label": "Comparison", hidden: true };
  return {
    ...parts,
    bar: make("section", "picked", named, parts.chips, parts.why, buttons),
    region: make("section", "comparison", region, header, parts.status, parts.holder),
  };
}

export class Comparing {
  #wire;
  #about;
  #parts = skeleton();
  #least;
  #most;
  #look;
  /** @type {(() => void) | null} */
  #leave = null;
  #turn = 0;
  #isAsking = false;

  /** @param {import("./wire.js").Wire} wire @param {About} about */
  constructor(wire, about) {
    const { go, judge, close, clear, chips, bar, region } = this.#parts;
    const { signal } = wire;
    this.#wire = wire;
    this.#about = about;
    [this.#least, this.#most] = /** @type {import("./facts.js").Catalogue} */ (wire.get("catalogue")).compare;
    this.bar = bar;
    this.region = region;
    this.#look = keepInSight(bar, about.scroller, signal);
    go.addEventListener("click", () => this.#open(), { signal });
    judge.addEventListener("click", () => this.#judge(), { signal });
    close.addEventListener("click", () => this.#shut(), { signal });
    clear.addEventListener("click", () => this.#clear(), { signal });
    const takeOut = (/** @type {MouseEvent} */ event) => {
      const id = hit(event, "button")?.dataset.id;
      if (id) this.toggle(id, false);
    };
    chips.addEventListener("click", takeOut, { signal });
    const back = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      claim(event);
      this.#shut();
    };
    region.addEventListener("keydown", back, { signal });
    const end = () => {
      this.#turn += 1;
      this.#drop();
    };
    signal.addEventListener("abort", end, { once: true });
  }

  /** @returns {string[]} */
  get picked() {
    return this.#wire.get("selection") ?? [];
  }

  /** Tell whether it could be picked or taken out. @param {string} id @param {boolean} isPicked */
  toggle(id, isPicked) {
    const others = this.picked.filter((one) => one !== id);
    if (isPicked && others.length >= this.#most) {
      say(this.#parts.why, `${this.#most} clips play together at most. Take one out first.`);
      return false;
    }
    this.#wire.set("selection", isPicked ? [...others, id] : others);
    return true;
  }

  #clear() {
    this.#wire.set("selection", []);
    this.#about.otherwise.focus();
  }

  /** @param {string} id */
  #chip(id) {
    const [row, picture] = [this.#about.row(id), this.#about.pictures.of(id)];
    const words = row?.label ?? id;
    const out = `Take out ${words}`;
    const button = make(
      "button",
      "plain",
      { type: "button", "data-id": id, "aria-label": out, title: out },
      picture ? make("img", "", { src: picture, alt: "" }) : make("span", "thumb"),
      foreign(words),
      icon("close"),
    );
    return make("li", "", {}, button);
  }

  draw() {
    const { bar, go, judge, why } = this.#parts;
    const number = this.picked.length;
    const isShort = number < this.#least;
    bar.hidden = number === 0;
    say(go, isShort ? "Compare" : `Compare ${number}`);
    go.ariaDisabled = judge.ariaDisabled = String(isShort || this.#isAsking);
    if (this.#drawChips()) say(why, isShort && number === 1 ? "Pick one more to compare." : "");
    this.#look();
  }

  /** Drawn again when the picks, a name or a picture change, and only then: tell whether they have. */
  #drawChips() {
    const { chips, go } = this.#parts;
    const { row, pictures } = this.#about;
    const key = JSON.stringify(this.picked.map((id) => [id, row(id)?.label, Boolean(pictures.of(id))]));
    if (chips.dataset.drawn === key) return false;
    const had = chips.contains(focused()) ? focused().dataset.id : undefined;
    chips.dataset.drawn = key;
    chips.replaceChildren(...this.picked.map((id) => this.#chip(id)));
    if (!had) return true;
    const same = /** @type {HTMLElement | null} */ (chips.querySelector(`[data-id="${CSS.escape(had)}"]`));
    (same ?? chips.querySelector("button") ?? go).focus();
    return true;
  }

  async #judge() {
    const { judge, region, status, holder } = this.#parts;
    if (judge.ariaDisabled === "true") return;
    this.#turn += 1;
    this.#drop();
    const view = judging(this.#wire, this.#about.player, this.picked, (words) => say(status, words));
    holder.replaceChildren(view.root);
    region.hidden = false;
    this.#leave = view.leave;
    await view.begin();
    region.scrollIntoView({ block: "nearest" });
    view.focus();
  }

  async #open() {
    const ids = this.picked;
    if (this.#parts.go.ariaDisabled === "true") return;
    this.#isAsking = true;
    this.draw();
    this.#turn += 1;
    const mine = this.#turn;
    try {
      const { html } = await this.#wire.ask({ kind: "compare", ids });
      if (mine === this.#turn && !this.#wire.signal.aborted) await this.#show(html, ids, mine);
    } catch (error) {
      this.#wire.tell(error.message, "error");
    }
    this.#isAsking = false;
    this.draw();
  }

  /** @param {string} html @param {string[]} ids @param {number} mine */
  async #show(html, ids, mine) {
    const { region, status, holder } = this.#parts;
    const root = readMarkup(html);
    await this.#load(root, ids); // addresses are set before it joins the page
    if (mine !== this.#turn || this.#wire.signal.aborted) return;
    this.#drop();
    say(status, "");
    holder.replaceChildren(root);
    region.hidden = false;
    this.#leave = enhance(root);
    region.scrollIntoView({ block: "nearest" });
    root.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} root @param {string[]} ids */
  #load(root, ids) {
    const told = (/** @type {string} */ words) => say(this.#parts.status, words);
    const figures = [...root.querySelectorAll("figure")];
    return Promise.all(
      figures.map((figure, index) => {
        const row = this.#about.row(ids[index]);
        const video = videoOf(figure, row);
        const src = video?.getAttribute("src") ?? row?.src;
        return video && src ? this.#about.player.load(video, { id: ids[index], src }, told) : null;
      }),
    );
  }

  #drop() {
    this.#leave?.();
    this.#leave = null;
    this.#parts.holder.replaceChildren();
    this.#parts.region.hidden = true;
  }

  #shut() {
    const { region, bar, go } = this.#parts;
    this.#turn += 1;
    const hadFocus = region.contains(focused());
    this.#drop();
    this.#look();
    if (hadFocus) (bar.hidden ? this.#about.otherwise : go).focus();
  }
}
