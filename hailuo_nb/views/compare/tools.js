// The bar below clips that play together, and the help that names its keys.
import { copyText, make, svg } from "../dom.js";
import { SPEEDS } from "../playback.js";

export const PLAY = "M3 1.5v11l9.5-5.5z";
export const PAUSE = "M3 2h3v10H3zM8 2h3v10H8z";
export const BACK = "M9 2v10L4 7z";
export const NEXT = "M5 2v10l5-5z";
export const FULL = "M2 2h5L2 7zM12 12H7l5-5z";

/** @type {Record<string, [label: string, key: string, drawn?: string]>} */
export const BUTTONS = {
  play: ["Play", "Space", PLAY],
  start: ["To the start", "Home", "M2 2h2v10H2zM12 2v10L5 7z"],
  back: ["Previous frame", ",", BACK],
  next: ["Next frame", ".", NEXT],
  end: ["To the end", "End", "M10 2h2v10h-2zM2 2v10l7-5z"],
  loop: ["Loop", "R"],
  wipe: ["Wipe", "W"],
  difference: ["Difference", "D; four times as bright as it is"],
  frames: ["Frames", "S; each clip from start to end"],
  full: ["Full screen", "F", FULL],
  help: ["Keys", "?", ""],
};
/** @type {Record<string, string>} */
export const KEYS = {
  "Space K": "play or pause",
  "← → , .": "one frame",
  "Shift+← Shift+→ J L": "one second",
  "Home End 0…9": "to the start, the end, a tenth between",
  "− + [ ]": "slower, faster",
  R: "loop",
  M: "sound of the next clip, and off",
  W: "wipe between two clips; then ← → move the divider",
  D: "difference of two clips, made bright",
  S: "frames of each clip, from start to end",
  X: "swap A and B",
  F: "full screen",
  Esc: "back to side by side",
};

/** @param {string} drawn */
export const glyph = (drawn) => svg(drawn, 14);

export function makeSpeed() {
  const rates = SPEEDS.map((rate) => make("option", "", { value: rate }, `${rate}×`));
  return make("select", "", { "aria-label": "Speed" }, ...rates);
}

export function makeTools() {
  /** @type {Record<string, HTMLButtonElement>} */
  const tools = {};
  for (const [name, [label, key, drawn]] of Object.entries(BUTTONS)) {
    tools[name] = make(
      "button",
      "",
      { type: "button", title: `${label} (${key})` },
      drawn ? glyph(drawn) : drawn === "" ? key : label,
    );
    if (drawn !== undefined) tools[name].ariaLabel = label;
  }
  const [a, b] = ["A", "B"].map((letter) => make("select", "", { "aria-label": `Clip ${letter}` }));
  const { play, start, back, next, end, loop, wipe, difference, frames, full, help } = tools;
  return {
    play,
    start,
    back,
    next,
    end,
    slider: make("input", "", { type: "range", min: 0, step: "any", "aria-label": "Time of all clips" }),
    time: make("output", "", { "aria-live": "off" }),
    sound: make("select", "", { "aria-label": "Sound", title: "Which clip is heard (M)" }),
    loop,
    speed: Object.assign(makeSpeed(), { title: "Speed (− and +)" }),
    wipe,
    difference,
    a,
    b,
    frames,
    full,
    help,
  };
}

const COPIED_MS = 4000;

/**
 * The way to a vote: a page that was saved reaches no kernel, so it gives the line to run.
 * @param {string} line @param {import("./stage.js").On} on
 */
export function makeJudge(line, on) {
  const said = make("span", "", { role: "status" });
  const button = make("button", "", { type: "button", title: `Vote blind: copies ${line}` }, "Judge");
  on(button, "click", async () => {
    said.textContent = (await copyText(line)) ? "Copied: paste it into a cell." : line;
    setTimeout(() => {
      said.textContent = "";
    }, COPIED_MS);
  });
  return [button, said];
}

/** @param {import("./stage.js").On} on @param {Record<string, string>} keys what they do */
export function makeHelp(on, keys) {
  // Neither a list nor a table, which a notebook lays out its own way.
  const rows = Object.entries(keys).map(([names, does]) =>
    make(
      "div",
      "",
      { role: "listitem" },
      make("span", "", {}, ...names.split(" ").map((one) => make("kbd", "", {}, one))),
      make("span", "", {}, does),
    ),
  );
  const close = make("button", "", { type: "button" }, "Close");
  const dialog = make(
    "dialog",
    "help",
    { "aria-label": "Keys" },
    make("strong", "", {}, "Keys"),
    make("div", "keys", { role: "list" }, ...rows),
    close,
  );
  on(close, "click", () => dialog.close());
  on(dialog, "keydown", (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === "?") dialog.close();
  });
  return dialog;
}
