// Plays clips where they stand. It knows a clip's id and address, not what is drawn around it.
// Where the page cannot load an address, the clip comes from Python in pieces.
import { AWAY } from "../live.js";

const LOADING = "Loading…";
const BROKEN = "This clip cannot be played: its file is missing or damaged.";

/** @typedef {(words: string) => void} Told hears in words how it goes, and nothing once the clip is there */

export class Player {
  #wire;
  /** @type {Map<string, Promise<string>>} */
  #copies = new Map(); // of each clip that came in pieces, the promise of its address
  /** @type {string[]} */
  #made = [];

  /** @param {import("./wire.js").Wire} wire */
  constructor(wire) {
    this.#wire = wire;
    wire.signal.addEventListener("abort", () => this.#made.forEach(URL.revokeObjectURL), { once: true });
  }

  /** @param {string} id @param {Told} told */
  async #copy(id, told) {
    /** @type {BlobPart[]} */
    const pieces = [];
    for (let [held, size] = [0, 1]; held < size; ) {
      const { buffers, ...answer } = await this.#wire.ask({ kind: "clip", id, start: held });
      const [piece] = buffers;
      if (!piece?.byteLength || this.#wire.signal.aborted) throw new Error(BROKEN);
      pieces.push(piece);
      held += piece.byteLength;
      size = answer.size;
      told(`${LOADING} ${Math.floor((100 * held) / size)} %`);
    }
    const address = URL.createObjectURL(new Blob(pieces, { type: "video/mp4" }));
    this.#made.push(address);
    return address;
  }

  /** The address of a copy, which is made once. @param {string} id @param {Told} told */
  async #copied(id, told) {
    told(LOADING);
    const copy = this.#copies.get(id) ?? this.#copy(id, told);
    this.#copies.set(id, copy);
    try {
      return await copy;
    } catch (error) {
      this.#copies.delete(id);
      throw error;
    }
  }

  /** An address that the page can load. @param {{ id: string, src: string }} clip @param {Told} told */
  address({ id, src }, told) {
    return src.startsWith(AWAY) ? this.#copied(id, told) : this.#wire.resolve(src);
  }

  /** @param {HTMLVideoElement} video @param {string} id @param {Told} told */
  async #rescue(video, id, told) {
    try {
      video.src = await this.#copied(id, told);
    } catch (error) {
      told(error.message);
    }
  }

  /** @param {HTMLVideoElement} video @param {{ id: string, src: string }} clip @param {Told} told */
  async load(video, { id, src }, told) {
    const { signal } = this.#wire;
    let isRescued = false;
    const failed = () => {
      if (isRescued) return told(BROKEN);
      isRescued = true;
      this.#rescue(video, id, told);
    };
    video.addEventListener("error", failed, { signal });
    for (const type of ["loadeddata", "playing"]) video.addEventListener(type, () => told(""), { signal });
    const address = src.startsWith(AWAY) ? "" : await this.#wire.resolve(src).catch(() => "");
    if (address) video.src = address;
    else video.dispatchEvent(new Event("error"));
  }
}
