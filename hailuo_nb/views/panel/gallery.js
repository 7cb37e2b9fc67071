// The history of clips: newest first, alive while clips are made, quick with ten thousand.
// It knows rows of facts and which of them stand in the list; each part below has its own file.
import { claim, hit, icon, isChord, make, say } from "../dom.js";
import { CSS } from "../rating.js";
import { Comparing } from "./comparing.js";
import { Filterbar } from "./filterbar.js";
import { away, counted, merged, passes, teller } from "./news.js";
import { Player } from "./player.js";
import { Posters } from "./posters.js";
import * as tile from "./tile.js";
import { TileActs } from "./tile_acts.js";
import { TileList } from "./tile_list.js";

/**
 * @typedef {import("./tile.js").Row} Row
 * @typedef {import("./tile.js").Tile} Tile
 * @typedef {import("./news.js").Filter} Filter
 * @typedef {import("./news.js").Numbers & { more: boolean, cursor: unknown }} State
 * @typedef {{ rows: Row[], more: boolean, total: number, facets: import("./news.js").Facets, orders?: [string, string][], cursor: unknown }} Page
 */

const NEAR = "600px 0px";
const EMPTY = "Your clips will stand here. Write a prompt and press Generate.";
/** @type {Map<string, Row>} */
const heard = new Map(); // rows told since the page was drawn: a later view of the panel missed them

function skeleton() {
  const parts = {
    more: make("button", "more", { type: "button", hidden: true }, "Show more"),
    nothing: make("p"),
    reset: make("button", "", { type: "button" }, "Clear the filter"),
    film: icon("play"),
    glass: icon("search"),
    spoken: make("p", "spoken", { role: "status", "aria-live": "polite" }),
  };
  const empty = make("div", "empty", { hidden: true }, parts.film, parts.glass, parts.nothing, parts.reset);
  return { ...parts, empty, scroller: make("div", "scroller") };
}

/** Ratings look the same here, where the panel's rules are stronger than a page's. */
const RATINGS = CSS.replaceAll(".hailuo-rating", ":is(.hailuo-panel,#hailuo-panel) .hailuo-rating");

/** How many there are of all. @param {import("./news.js").Facets} facets @param {number} total */
const allOf = ({ group }, total) => group?.reduce((sum, [, number]) => sum + number, 0) ?? total;

export class Gallery {
  #wire;
  #parts = skeleton();
  /** @type {Map<string, Row>} */
  #known = new Map(); // id -> its newest row
  /** @type {Filter} */
  #filter = {};
  /** @type {State} */
  #state = { more: false, cursor: null, total: 0, all: 0, facets: {} };
  #turn = 0;
  #isLoading = false;
  #newest_ms = 0;
  #bar;
  #compare;
  #list;
  #acts;
  #voice;
  #nearEnd;

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {() => void} toForm goes to where a prompt is written
   */
  constructor(wire, toForm) {
    const { scroller, spoken, empty, more } = this.#parts;
    this.#wire = wire;
    this.#bar = new Filterbar(wire, (filter) => {
      this.#filter = filter;
      this.#list.sortedBy = filter.sort?.split(":")[0] ?? "";
      return this.#ask(null);
    });
    const rowOf = (/** @type {string} */ id) => this.#known.get(id);
    const pictures = new Posters(wire, scroller, rowOf, (id) => this.#drawPoster(id));
    const player = new Player(wire);
    this.#compare = new Comparing(wire, { row: rowOf, pictures, player, scroller, otherwise: this.#bar });
    this.#list = this.#makeList(pictures);
    this.#acts = this.#makeActs(player, toForm);
    this.#voice = teller(spoken, () => this.#state.facets.group?.find(([name]) => name === "running")?.[1]);
    this.#nearEnd = this.#watchEnd();
    scroller.append(this.#list.root, empty, more);
    const title = make("h3", "spoken", {}, "Clips");
    const stand = [make("style", "", {}, RATINGS), title, this.#bar.root, spoken, scroller, this.#compare.bar];
    this.root = make("section", "gallery", { "aria-label": "Clips" }, ...stand);
    this.comparison = this.#compare.region;
    this.#hear(pictures);
    this.#take(wire.get("first"), true);
    if (heard.size) this.#merge([...heard.values()]);
    pictures.want(...this.#compare.picked);
  }

  /** @param {Posters} pictures */
  #makeList(pictures) {
    return new TileList({
      row: (id) => /** @type {Row} */ (this.#known.get(id)),
      isPicked: (id) => this.#compare.picked.includes(id),
      pictures,
      hands: this.#hands(),
      otherwise: this.#bar,
    });
  }

  /** @returns {import("./tile.js").Hands} */
  #hands() {
    const isReadOnly = Boolean(this.#wire.get("catalogue").read_only);
    return {
      without: isReadOnly ? ["rename", "hide"] : [],
      rate: isReadOnly ? null : async (id, asked) => (await this.#wire.ask({ kind: "rate", id, change: asked })).rating,
      enlarge: (one) => this.#acts.does.enlarge(one),
      strip: async (id) => (await this.#wire.ask({ kind: "strip", id })).strip,
    };
  }

  /** @param {Player} player @param {() => void} toForm */
  #makeActs(player, toForm) {
    const list = {
      merge: (/** @type {Row[]} */ rows) => this.#merge(rows),
      isPicked: (/** @type {string} */ id) => this.#compare.picked.includes(id),
      pick: (/** @type {string} */ id) => this.#compare.toggle(id, true),
    };
    return new TileActs(this.#wire, player, list, toForm);
  }

  #watchEnd() {
    /** @param {IntersectionObserverEntry[]} entries */
    const look = ([{ isIntersecting }]) => {
      if (isIntersecting) this.#askMore();
    };
    return new IntersectionObserver(look, { root: this.#parts.scroller, rootMargin: NEAR });
  }

  /** @param {Posters} pictures */
  #hear(pictures) {
    const { signal } = this.#wire;
    const { root } = this.#list;
    root.addEventListener("click", (event) => this.#click(event), { signal });
    root.addEventListener("change", (event) => this.#pick(event), { signal });
    root.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#parts.more.addEventListener("click", () => this.#askMore(), { signal });
    this.#parts.reset.addEventListener("click", () => this.#bar.find(), { signal });
    this.#wire.on("selection", () => {
      this.#list.drawPicks();
      pictures.want(...this.#compare.picked);
      this.#compare.draw();
    });
    this.#wire.hear("rows", ({ rows }) => {
      for (const row of rows) heard.set(row.id, row);
      this.#merge(rows);
    });
    const timer = setInterval(() => this.#list.tick(), 1000);
    const end = () => {
      clearInterval(timer);
      this.#nearEnd.disconnect();
      this.#voice.end();
      this.#list.stop();
    };
    signal.addEventListener("abort", end, { once: true });
  }

  // ---- what is drawn

  /** @param {string} id */
  #drawPoster(id) {
    this.#list.drawPoster(id);
    if (this.#compare.picked.includes(id)) this.#compare.draw();
  }

  /** @param {string[]} ids */
  #arrange(ids) {
    this.#list.arrange(ids);
    this.#drawAround();
  }

  #drawAround() {
    const { empty, nothing, reset, film, glass, more, scroller } = this.#parts;
    const { isSet } = this.#bar;
    this.#bar.draw(this.#state, this.#known.size > 0);
    empty.hidden = this.#list.order.length > 0 || this.#isLoading;
    say(nothing, isSet ? "No clip passes this filter." : EMPTY);
    reset.hidden = !isSet;
    film.toggleAttribute("hidden", isSet);
    glass.toggleAttribute("hidden", !isSet);
    more.hidden = !this.#state.more;
    more.ariaDisabled = String(this.#isLoading);
    more.textContent = this.#isLoading ? "Loading…" : "Show more";
    scroller.setAttribute("aria-busy", String(this.#isLoading));
  }

  // ---- pages

  /** @param {Page} page @param {boolean} isFirst */
  #take({ rows, more: isMore, total, facets, orders, cursor }, isFirst) {
    const { scroller, more } = this.#parts;
    for (const row of rows) {
      const before = this.#known.get(row.id);
      this.#known.set(row.id, row);
      this.#newest_ms = Math.max(this.#newest_ms, row.created_at_ms);
      this.#list.draw(before, row);
    }
    this.#state = { ...this.#state, more: isMore, cursor, total, facets, orders, all: allOf(facets, total) };
    const ids = rows.map(({ id }) => id);
    if (isFirst) scroller.scrollTop = 0;
    this.#arrange([...new Set(isFirst ? ids : [...this.#list.order, ...ids])]);
    this.#compare.draw();
    this.#nearEnd.unobserve(more); // it tells again where the end is in view still
    this.#nearEnd.observe(more);
  }

  /** A newer wish makes the older one's answer void, also that of "more". @param {unknown} cursor null begins anew */
  async #ask(cursor) {
    if (cursor === null) this.#turn += 1;
    const mine = this.#turn;
    const focusFrom = document.activeElement === this.#parts.more ? this.#list.order.length : -1;
    this.#isLoading = true;
    this.#drawAround();
    try {
      const answer = await this.#wire.ask({ kind: "page", filter: this.#filter, cursor });
      if (mine !== this.#turn || this.#wire.signal.aborted) return;
      this.#isLoading = false;
      this.#take(answer, cursor === null);
      if (cursor === null) this.#parts.spoken.textContent = `${this.#bar.words}.`;
      if (focusFrom >= 0) this.#list.get(this.#list.order[focusFrom])?.root.focus();
    } catch (error) {
      if (mine !== this.#turn) return;
      this.#isLoading = false;
      this.#wire.tell(error.message, "error");
      this.#drawAround();
    }
  }

  #askMore() {
    if (this.#state.more && !this.#isLoading) this.#ask(this.#state.cursor);
  }

  // ---- news

  /** What is older than all that is loaded comes with its page. @param {Row} row */
  #belongs(row) {
    if (this.#filter.sort) return passes(row, this.#filter) && row.created_at_ms > this.#newest_ms;
    const last = this.#known.get(this.#list.order.at(-1) ?? "");
    return passes(row, this.#filter) && (!this.#state.more || !last || row.created_at_ms >= last.created_at_ms);
  }

  /** @param {Row[]} rows */
  #merge(rows) {
    /** @type {Row[]} */
    const fresh = [];
    /** @type {Set<string>} */
    const gone = new Set();
    /** @type {Tile[]} */
    const ended = [];
    for (const row of rows) {
      const before = this.#learn(row);
      const one = this.#list.get(row.id);
      if (one && row.hidden !== Boolean(this.#filter.hidden)) gone.add(row.id);
      else if (one) {
        this.#list.draw(before, row);
        if (!before?.src && row.src) ended.push(one);
      } else if (this.#belongs(row)) fresh.push(row);
    }
    this.#newest_ms = Math.max(this.#newest_ms, ...rows.map(({ created_at_ms }) => created_at_ms));
    const rowOf = (/** @type {string} */ id) => /** @type {Row} */ (this.#known.get(id));
    if (fresh.length || gone.size)
      this.#arrange(this.#filter.sort ? this.#onTop(fresh, gone) : merged(fresh, this.#list.order, gone, rowOf));
    else this.#drawAround();
    this.#compare.draw();
    for (const one of ended) this.#acts.preview(one, this.#parts.scroller);
    this.#voice.hear();
  }

  /** What is new stands before what was sorted, until it is sorted anew. @param {Row[]} fresh @param {Set<string>} gone */
  #onTop(fresh, gone) {
    const ids = new Set(fresh.map(({ id }) => id));
    return [...ids, ...this.#list.order.filter((id) => !gone.has(id) && !ids.has(id))];
  }

  /** Keep and count a row; return what it was before. @param {Row} row */
  #learn(row) {
    const before = this.#known.get(row.id);
    this.#known.set(row.id, row);
    const isCounted = !before && row.created_at_ms <= this.#newest_ms; // as something
    if (!isCounted) this.#state = counted(this.#state, this.#filter, before, row);
    if (before?.group === "running" && row.group !== "running") this.#voice.ended(row.group);
    return before;
  }

  // ---- what was asked for

  /** @param {Row} row */
  #whereIs(row) {
    if (row.hidden && !this.#filter.hidden) return "hidden";
    return passes(row, this.#filter) ? "further down" : "outside this filter";
  }

  /**
   * Bring the clips of an answer into view; where they are not in the list, say why, and a way to them.
   * @param {{ ids?: string[], words?: string }} answer
   */
  show({ ids = [], words = "" }) {
    const seen = ids.map((id) => this.#list.get(id)).find((one) => one !== undefined);
    seen?.root.scrollIntoView({ block: "nearest" });
    const missing = ids.filter((id) => !this.#list.get(id)).flatMap((id) => this.#known.get(id) ?? []);
    if (!missing.length) return this.#wire.tell(words);
    const [row] = missing;
    const where = this.#whereIs(row);
    const clear = {
      words: "Clear the filter",
      does: () => this.#bar.find().then(() => this.show({ ids, words })),
    };
    const find = {
      words: ids.length === 1 ? "Show it" : "Show the first",
      does: () => this.#bar.find(row.id, row.hidden).then(() => this.show({ ids: [row.id] })),
    };
    const told = `${away(missing.length, ids.length)} ${where}.`;
    this.#wire.tell(told, "", where === "outside this filter" ? clear : find);
  }

  focusFilter() {
    this.#bar.focus();
  }

  // ---- what is done to the list

  /** @param {MouseEvent} event */
  #click(event) {
    const button = hit(event, "[data-act]");
    if (!button || button.ariaDisabled === "true") return;
    this.#acts.does[button.dataset.act ?? ""](this.#list.of(button));
  }

  /** @param {Event} event */
  #pick({ target }) {
    const box = /** @type {HTMLInputElement} */ (target);
    if (!box.matches(".pick")) return;
    box.checked = this.#compare.toggle(this.#list.of(box).id, box.checked) && box.checked;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const actions = hit(event, ".actions");
    if (actions && !isChord(event) && tile.arrow(actions, event.key)) claim(event);
  }
}
