// What can be done with any clip, wherever it is seen: in a card, a grid, a comparison, the gallery and
// on a page. It knows what Python says of a clip (`actions.py`) and needs no kernel.
import { copyText, make } from "./dom.js";

/** @typedef {Partial<Record<"task" | "file" | "line" | "prompt", string>>} Clip as a figure's data has it */

/**
 * Put on a live figure what a saved one has of its clip.
 * @param {HTMLElement} figure
 * @param {{ id?: string, file?: string, line?: string }} state
 * @param {string} prompt
 */
export function describe({ dataset }, { id, file, line }, prompt) {
  if (id) Object.assign(dataset, { task: id, file, line, prompt });
}

/** @typedef {Record<string, (clip: Clip) => string | undefined>} Copies what each copies of a clip */

/** Several clips played as one have none of these: no task has their id, and no cell makes them. @type {Copies} */
const OF_ONE = {
  "Copy as cell": ({ line, prompt }) => `${line}\n${prompt}`,
  "Last frame": ({ task }) => `--image clip:${task}`,
  "Show in history": ({ task }) => `%hailuo history ${task}`,
};

/** With "Download" and "Full size" all that every view offers. @type {Copies} */
export const COPIES = { "Copy prompt": ({ prompt }) => prompt, ...OF_ONE };

/** @param {HTMLVideoElement} video @param {string} [file] its name in the person's downloads */
export const save = ({ src }, file = "clip.mp4") => make("a", "", { href: src, download: file }).click();

/** The clip alone fills the screen, with the browser's own controls. @param {HTMLVideoElement} video */
export function enlarge(video) {
  const { controls } = video;
  video.onfullscreenchange = () => {
    video.controls = document.fullscreenElement === video || controls;
  };
  video.requestFullscreen?.().catch(() => {});
}

/**
 * The actions of a clip, folded; what a bar beside them has already is not among them, nor what has no
 * meaning for a chain. What may not be copied is said.
 * @param {Clip} clip
 * @param {Record<string, (clip: Clip) => string | void>} [acts] what each does, and what is to be copied
 */
export function makeActions(clip, acts = COPIES) {
  const said = make("output");
  const offered = Object.entries(acts).filter(([words]) => !(words in OF_ONE && clip.task?.startsWith("chain")));
  const buttons = offered.map(([words, does]) => {
    const button = make("button", "", {}, words);
    button.onclick = async () => {
      const text = does(clip);
      if (text) said.value = (await copyText(text)) ? "Copied." : text;
    };
    return button;
  });
  return make("details", "hailuo-acts", {}, make("summary", "", {}, "More"), ...buttons, said);
}
