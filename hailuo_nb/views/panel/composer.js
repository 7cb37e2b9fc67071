// The left half of the panel: the prompt, the images, the options, the price, one below the
// other. It knows which part stands where and passes on what one must know of another.
import { make } from "../dom.js";
import * as facts from "./facts.js";
import { ImageInput } from "./frames.js";
import { Options } from "./options.js";
import { Price } from "./price.js";
import { PromptField } from "./prompts.js";

export class Composer {
  #wire;
  #catalogue;
  #prompt;
  /** @type {Record<facts.Field, ImageInput>} */
  #images;
  #fields;
  /** @type {Options | undefined} the parts know each other by what they do, not by when they are made */
  #options;
  /** @type {Price | undefined} */
  #price;

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {(answer: { ids?: string[], words?: string }) => void} made hears of what Generate brought
   */
  constructor(wire, made) {
    const touched = () => this.#price?.touched();
    const changed = () => void this.#price?.back();
    this.#wire = wire;
    /** @type {facts.Catalogue} */
    this.#catalogue = wire.get("catalogue");
    this.#prompt = new PromptField(wire, { limit: () => this.#limit, touched, changed });
    this.#images = {
      image: new ImageInput(wire, "image", "Start image"),
      end_image: new ImageInput(wire, "end_image", "End image"),
    };
    this.#fields = make("div", "frames", {}, this.#images.image.root, this.#images.end_image.root);
    this.#options = new Options(wire, touched);
    this.#price = this.#makePrice(this.#options, made);
    const parts = [this.#prompt.root, this.#fields, this.#options.root, this.#price.root];
    const named = { role: "region", "aria-label": "Compose" };
    this.root = make("div", "composer", named, make("div", "composing", {}, ...parts));
    this.#hear();
    wire.on("settings", () => {
      changed();
      this.#arrange();
    });
    wire.on("quote", () => this.#arrange());
    this.#arrange();
  }

  /** @param {Options} options @param {(answer: { ids?: string[], words?: string }) => void} made */
  #makePrice(options, made) {
    const form = () => ({ prompt: this.#prompt.text, settings: this.#settings });
    return new Price(this.#wire, {
      form,
      read: () => {
        this.#wire.flush();
        return form();
      },
      placed: (field) =>
        (field === "prompt" && this.#isBegun) || options.has(field) || this.#shown.some(([name]) => name === field),
      isTyping: () => this.#prompt.isTyping || options.isTyping,
      isQuiet: () => !this.#isBegun,
      made: (answer) => {
        options.settle();
        made(answer);
      },
    });
  }

  /** @returns {facts.Settings} */
  get #settings() {
    return this.#options?.settings ?? this.#wire.get("settings") ?? {};
  }

  get #limit() {
    return facts.charsMax(facts.effective(this.#catalogue, this.#settings));
  }

  /** Nothing is wrong with a prompt that nobody has begun: what it wants is said at the button. */
  get #isBegun() {
    return this.#prompt.text !== "";
  }

  /** The image fields that the model has. */
  get #shown() {
    const fields = /** @type {[facts.Field, ImageInput][]} */ (Object.entries(this.#images));
    return fields.filter(([field]) => facts.takes(this.#catalogue, this.#settings, field));
  }

  #arrange() {
    /** @type {facts.Problem[]} */
    const problems = this.#wire.get("quote")?.problems ?? [];
    const of = (/** @type {string} */ name) => problems.filter(({ field }) => field === name).map(({ words }) => words);
    const [settings, shown, options] = [this.#settings, this.#shown, this.#options];
    const models = facts.effective(this.#catalogue, settings);
    const isNeeded = Boolean(settings.model) && models.every((model) => model.takes_image);
    for (const [field, image] of Object.entries(this.#images)) {
      const isShown = shown.some(([name]) => name === field);
      image.look({ shown: isShown, needed: field === "image" && isNeeded, problems: of(field) });
    }
    this.#fields.hidden = shown.length === 0;
    this.#prompt.problems(this.#isBegun ? of("prompt") : []);
    const placed = problems.filter(({ field }) => options?.has(field));
    options?.problems(new Map(placed.map(({ field }) => [field, of(field).join(" ")])));
    this.#price?.draw();
  }

  /** An image that comes with no field below it goes to the start image, if the model takes one. */
  get #receiver() {
    return this.#shown[0]?.[1];
  }

  #hear() {
    const { signal } = this.#wire;
    const paste = (/** @type {ClipboardEvent} */ event) => {
      const data = event.clipboardData;
      if (!data?.files.length || data.getData("text/plain") || !this.#receiver) return;
      event.preventDefault();
      this.#receiver.takeAll([...data.files]);
    };
    // A file that misses the field would replace the page.
    const over = (/** @type {DragEvent} */ event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#receiver?.receive(event.dataTransfer);
    };
    const back = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape" && this.#price?.back()) event.stopPropagation();
    };
    this.#prompt.area.addEventListener("paste", paste, { signal });
    this.root.addEventListener("dragover", over, { signal });
    this.root.addEventListener("drop", drop, { signal });
    this.root.addEventListener("keydown", back, { signal });
  }

  generate() {
    this.#price?.press();
  }

  focus() {
    this.#prompt.area.focus();
  }
}
