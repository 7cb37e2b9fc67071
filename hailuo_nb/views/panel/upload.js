// A file on its way to Python: what is wrong with it, a smaller copy, the pieces it travels in.
// It knows no element of the page.
import { sizeWords } from "../dom.js";

const QUALITIES = [0.92, 0.85, 0.75];
const SIDE_MAX = 8192; // browsers refuse canvases not much larger
const SHRINK = 0.75;
const STEPS = 12;

const typeWords = (/** @type {string} */ type) =>
  type
    .replace(/^image\//, "")
    .replace("jpeg", "JPEG")
    .replace(/^(png|gif|bmp|avif|heic|tiff)$/, (word) => word.toUpperCase())
    .replace("webp", "WebP")
    .replace("svg+xml", "SVG");

/** @param {string[]} words */
function andWords(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const limitWords = (/** @type {number} */ bytes) => sizeWords(bytes).replace(".0 ", " ");

/**
 * What is wrong with a file, or null; `remedy` where another encoding would put it right.
 * @param {File} file
 * @param {{ types: string[], bytes_max: number }} limits
 */
export function check(file, { types, bytes_max }) {
  if (file.size === 0) return { words: `${file.name} is empty.`, remedy: null };
  if (!types.includes(file.type)) {
    const isImage = file.type.startsWith("image/");
    const what = isImage ? `a ${typeWords(file.type)} image` : "no image that can be used";
    return {
      words: `${file.name} is ${what}. The service takes ${andWords(types.map(typeWords))}.`,
      remedy: isImage ? "Make it a JPEG" : null,
    };
  }
  if (file.size > bytes_max) {
    return {
      words: `${file.name} is ${sizeWords(file.size)}. The service takes up to ${limitWords(bytes_max)}.`,
      remedy: "Make it smaller (JPEG)",
    };
  }
  return null;
}

/** @param {ImageBitmap} bitmap @param {number} scale @param {number} quality @returns {Promise<Blob | null>} */
function encoded(bitmap, scale, quality) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#fff"; // JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/**
 * A JPEG of the same picture with at most so many bytes: first less quality, then fewer pixels.
 * @param {File} file
 * @param {number} bytes_max
 */
export async function smaller(file, bytes_max) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(`This browser cannot read ${file.name}. Save it as JPEG or PNG elsewhere, then try again.`);
  }
  try {
    let scale = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height));
    for (let step = 0; step < STEPS; step += 1) {
      const blob = await encoded(bitmap, scale, QUALITIES[Math.min(step, QUALITIES.length - 1)]);
      if (blob && blob.size <= bytes_max)
        return new File([blob], file.name.replace(/(\.\w+)?$/, ".jpg"), { type: "image/jpeg" });
      if (step >= QUALITIES.length - 1) scale *= SHRINK;
    }
  } finally {
    bitmap.close();
  }
  throw new Error(`${file.name} could not be made small enough.`);
}

/**
 * One piece after the other, so that Python is never sent more than it has taken. It promises
 * the words why Python cannot use the file, nothing where it can.
 * @param {import("./wire.js").Wire} wire
 * @param {string} field
 * @param {File} file
 * @param {number} piece_bytes
 * @param {{ signal: AbortSignal, onShare: (share: number) => void }} way
 * @returns {Promise<string | undefined>}
 */
export async function send(wire, field, file, piece_bytes, { signal, onShare }) {
  const parts = Math.max(1, Math.ceil(file.size / piece_bytes));
  for (let part = 0; part < parts; part += 1) {
    const bytes = await file.slice(part * piece_bytes, (part + 1) * piece_bytes).arrayBuffer();
    if (signal.aborted) return;
    const { unfit } = await wire.ask(
      { kind: "piece", field, name: file.name, type: file.type, size: file.size, part, parts },
      [new DataView(bytes)],
    );
    if (unfit) return unfit;
    onShare((part + 1) / parts);
  }
}
