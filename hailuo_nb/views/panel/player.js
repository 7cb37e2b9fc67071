// Plays clips where they stand. It knows a clip's id and address, not what is drawn around it.
// Where the page cannot load an address, the clip comes from Python in pieces.
const AWAY = "kernel:"; // stands for an address where only the kernel can read the clip
const LOADING = "Loading…";
const BROKEN = "This clip cannot be played: its file is missing or damaged.";

/**
 * @param {import("./wire.js").Wire} wire
 */
export function player(wire) {
  const copies = new Map(); // of each clip that came in pieces, the promise of its address
  const made = [];
  wire.signal.addEventListener("abort", () => made.forEach(URL.revokeObjectURL), { once: true });

  async function copy(id, told) {
    const pieces = [];
    for (let [held, size] = [0, 1]; held < size; ) {
      const {
        buffers: [piece],
        ...answer
      } = await wire.ask({ kind: "clip", id, start: held });
      if (!piece?.byteLength || wire.signal.aborted) throw new Error(BROKEN);
      pieces.push(piece);
      held += piece.byteLength;
      size = answer.size;
      told(`${LOADING} ${Math.floor((100 * held) / size)} %`);
    }
    made.push(URL.createObjectURL(new Blob(pieces, { type: "video/mp4" })));
    return made.at(-1);
  }

  async function rescue(video, id, told) {
    told(LOADING);
    try {
      if (!copies.has(id)) copies.set(id, copy(id, told));
      video.src = await copies.get(id);
    } catch (error) {
      copies.delete(id);
      told(error.message);
    }
  }

  // `told` hears in words how it goes, and nothing once the clip is there.
  async function load(video, { id, src }, told) {
    const { signal } = wire;
    let isRescued = false;
    video.addEventListener(
      "error",
      () => {
        if (isRescued) return told(BROKEN);
        isRescued = true;
        rescue(video, id, told);
      },
      { signal },
    );
    for (const type of ["loadeddata", "playing"]) video.addEventListener(type, () => told(""), { signal });
    const address = src.startsWith(AWAY) ? "" : await wire.resolve(src).catch(() => "");
    if (address) video.src = address;
    else video.dispatchEvent(new Event("error"));
  }
  return { load };
}
