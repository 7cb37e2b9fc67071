// The tiles that stand in the gallery, in their order. Which clips those are is the gallery's affair.
import { focused, make } from "../dom.js";
import * as tile from "./tile.js";

/**
 * @typedef {import("./tile.js").Row} Row
 * @typedef {import("./tile.js").Tile} Tile
 * @typedef {object} About what is known of clips
 * @property {(id: string) => Row} row
 * @property {(id: string) => boolean} isPicked
 * @property {import("./posters.js").Posters} pictures
 * @property {import("./tile.js").Hands} hands
 * @property {{ focus: (options?: FocusOptions) => void }} otherwise where the focus goes when no tile is left
 */

/** Stop it, and let go of what it holds. @param {Tile} one */
function stop({ video }) {
  if (!video) return;
  video.pause();
  video.removeAttribute("src");
  video.load();
}

export class TileList {
  root = make("ul", "tiles", { role: "list" });
  /** @type {string[]} */
  order = [];
  /** The measure that the clips are sorted by, "" for none. */
  sortedBy = "";
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  #about;

  /** @param {About} about */
  constructor(about) {
    this.#about = about;
  }

  get tiles() {
    return [...this.#tiles.values()];
  }

  get(/** @type {string} */ id) {
    return this.#tiles.get(id);
  }

  /** The tile that an event hit. @param {Element} target */
  of(target) {
    const { id = "" } = /** @type {HTMLElement | null} */ (target.closest(".tile"))?.dataset ?? {};
    return /** @type {Tile} */ (this.#tiles.get(id));
  }

  /** Draw a row into its tile, if it has one. @param {Row | undefined} before @param {Row} row */
  draw(before, row) {
    const one = this.#tiles.get(row.id);
    if (!one) return;
    this.#draw(one, row);
    const hasAnother = before?.src !== row.src || before?.has_picture !== row.has_picture;
    if (hasAnother) this.#about.pictures.watch(row.id, one.root);
  }

  /** @param {string} id */
  drawPoster(id) {
    const one = this.#tiles.get(id);
    if (one) tile.drawPoster(one, this.#about.pictures.of(id));
  }

  drawPicks() {
    for (const one of this.tiles) tile.drawPick(one, this.#about.isPicked(one.id));
  }

  tick() {
    for (const one of this.tiles) if (!one.row.final) tile.tick(one);
  }

  stop() {
    this.tiles.forEach(stop);
  }

  /** Put the list into this order. What stays is not moved, so that it keeps focus and plays on. @param {string[]} ids */
  arrange(ids) {
    const wanted = new Set(ids);
    const at = this.order.findIndex((id) => this.#tiles.get(id)?.root.contains(focused()));
    const near = at < 0 ? [] : [...this.order.slice(at), ...this.order.slice(0, at).reverse()];
    const after = near.find((id) => wanted.has(id));
    for (const one of this.tiles) if (!wanted.has(one.id)) this.#drop(one);
    this.#place(ids);
    if (at >= 0 && after !== this.order[at])
      (this.#tiles.get(after ?? "")?.root ?? this.#about.otherwise).focus({ preventScroll: true });
    this.order = ids;
  }

  /** @param {string[]} ids */
  #place(ids) {
    const run = document.createDocumentFragment();
    let at = this.root.firstChild;
    for (const id of ids) {
      const { root } = this.#tiles.get(id) ?? this.#born(id);
      if (at && root === at) {
        this.root.insertBefore(run, at);
        at = at.nextSibling;
      } else run.append(root);
    }
    if (run.hasChildNodes()) this.root.insertBefore(run, at);
    this.root.hidden = ids.length === 0;
  }

  /** @param {Tile} one @param {Row} row */
  #draw(one, row) {
    tile.draw(one, row, this.#about.isPicked(row.id));
    tile.drawMeasure(one, this.sortedBy);
    tile.drawPoster(one, this.#about.pictures.of(row.id));
  }

  /** @param {string} id */
  #born(id) {
    const one = tile.makeTile(id, this.#about.hands);
    this.#tiles.set(id, one);
    this.#draw(one, this.#about.row(id));
    this.#about.pictures.watch(id, one.root);
    return one;
  }

  /** @param {Tile} one */
  #drop(one) {
    this.#about.pictures.forget(one.id);
    stop(one);
    one.root.remove();
    this.#tiles.delete(one.id);
  }
}
