// The left half of the panel: the prompt, the images, the options, the price, one below the
// other. It knows which part stands where and passes on what one must know of another.
// `made(answer)` hears of what Generate brought.
import { make } from "../dom.js";
import * as facts from "./facts.js";
import { frames } from "./frames.js";
import { options } from "./options.js";
import { price } from "./price.js";
import { prompts } from "./prompts.js";

/**
 * @param {import("./wire.js").Wire} wire
 */
export function composer(wire, made) {
  const catalogue = wire.get("catalogue");
  const { signal } = wire;
  const late = {}; // the parts know each other by what they do, not by when they are made
  const touched = () => late.price?.touched();
  const changed = () => late.price?.back();
  const settings = () => late.options?.settings() ?? wire.get("settings") ?? {};
  const limit = () => facts.charsMax(facts.effective(catalogue, settings()));

  const prompt = prompts(wire, { limit, touched, changed });
  const images = { image: frames(wire, "image", "Start image"), end_image: frames(wire, "end_image", "End image") };
  const fields = make("div", "frames", {}, ...Object.values(images).map((image) => image.root));
  late.options = options(wire, touched);
  const isShown = (field) => facts.takes(catalogue, settings(), field);
  // Nothing is wrong with a prompt that nobody has begun: what it wants is said at the button.
  const isBegun = () => prompt.text() !== "";
  const placed = (field) =>
    (field === "prompt" && isBegun()) || late.options.has(field) || (field in images && isShown(field));
  const form = () => ({ prompt: prompt.text(), settings: settings() });
  const read = () => {
    wire.flush();
    return form();
  };
  const isTyping = () => prompt.isTyping() || late.options.isTyping();
  late.price = price(wire, {
    read,
    form,
    placed,
    isTyping,
    isQuiet: () => !isBegun(),
    made(answer) {
      late.options.settle();
      made(answer);
    },
  });
  const root = make(
    "div",
    "composer",
    { role: "region", "aria-label": "Compose" },
    make("div", "composing", {}, prompt.root, fields, late.options.root, late.price.root),
  );

  function arrange() {
    const problems = wire.get("quote")?.problems ?? [];
    const of = (name) => problems.filter(({ field }) => field === name).map(({ words }) => words);
    const isNeeded =
      Boolean(settings().model) && facts.effective(catalogue, settings()).every((model) => model.takes_image);
    for (const [field, { look }] of Object.entries(images)) {
      look({ shown: isShown(field), needed: field === "image" && isNeeded, problems: of(field) });
    }
    fields.hidden = !Object.keys(images).some(isShown);
    prompt.problems(isBegun() ? of("prompt") : []);
    late.options.problems(
      new Map(problems.filter(({ field }) => late.options.has(field)).map(({ field }) => [field, of(field).join(" ")])),
    );
    late.price.draw();
  }

  // An image that comes with no field below it goes to the start image, if the model takes one.
  const receiver = () => Object.entries(images).find(([field]) => isShown(field))?.[1];
  prompt.area.addEventListener(
    "paste",
    (event) => {
      const data = event.clipboardData;
      if (!data?.files.length || data.getData("text/plain") || !receiver()) return;
      event.preventDefault();
      receiver()?.takeAll([...data.files]);
    },
    { signal },
  );
  // A file that misses the field would replace the page.
  root.addEventListener(
    "dragover",
    (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    { signal },
  );
  root.addEventListener(
    "drop",
    (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      receiver()?.receive(event.dataTransfer);
    },
    { signal },
  );
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && late.price.back()) event.stopPropagation();
    },
    { signal },
  );
  wire.on("settings", () => {
    changed();
    arrange();
  });
  wire.on("quote", arrange);
  arrange();
  return { root, generate: () => late.price.press(), focus: () => prompt.area.focus() };
}
