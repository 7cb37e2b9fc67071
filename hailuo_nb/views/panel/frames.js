// One image field: an image comes by drop, paste, picker, address, sample or from the notebook.
// What is shown comes from Python's `frames`; what is under way lives here.
import { claim } from "../dom.js";
import { FieldView } from "./image_field.js";
import { Menu } from "./menu.js";
import * as upload from "./upload.js";

/**
 * @typedef {import("./image_field.js").Task} Task
 * @typedef {import("./image_field.js").Frame} Frame
 */

/** @param {string} text a list of addresses */
const firstAddress = (text) =>
  text
    .split("\n")
    .find((line) => /^https?:/.test(line))
    ?.trim();

export class ImageInput {
  #wire;
  #field;
  #limits;
  #view;
  #parts;
  /** @type {Task | null} */
  #task = null;
  /** @type {(() => void) | null} */
  #again = null; // what the remedy does
  #inside = 0; // a drag enters each child before it leaves the one before
  #drawn = "";

  /** @param {import("./wire.js").Wire} wire @param {import("./facts.js").Field} field @param {string} label */
  constructor(wire, field, label) {
    const { image, samples } = /** @type {import("./facts.js").Catalogue} */ (wire.get("catalogue"));
    this.#wire = wire;
    this.#field = field;
    this.#limits = image;
    this.#view = new FieldView(field, label, image);
    this.#parts = this.#view.parts;
    this.root = this.#parts.root;
    this.#drawn = JSON.stringify(this.#current);
    this.#hearButtons();
    this.#hearDrags();
    this.#parts.ways.append(this.#samples(samples), this.#variables());
    wire.on("frames", () => this.#told());
    wire.signal.addEventListener("abort", () => this.#task?.end.abort(), { once: true });
    this.#draw();
  }

  /** @returns {Frame | null} */
  get #current() {
    return this.#wire.get("frames")?.[this.#field] ?? null;
  }

  #draw() {
    this.#view.draw(this.#task, this.#current);
  }

  /**
   * Something went wrong here: say it, and offer what may put it right.
   * @param {string} words
   * @param {string} [remedy]
   * @param {(() => void) | null} [does]
   */
  #trouble(words, remedy = "", does = null) {
    this.#view.trouble(words && this.#current ? `${words} The image above stays.` : words, remedy);
    this.#again = does;
  }

  #told() {
    const now = JSON.stringify(this.#current);
    if (now === this.#drawn) return; // the other field's
    this.#drawn = now;
    if (!this.#task) this.#trouble("");
    this.#draw();
  }

  // ---- what is under way

  /**
   * @param {string} words
   * @param {string | null} preview
   * @param {(mine: Task) => Promise<unknown>} does
   */
  async #working(words, preview, does, canCancel = true) {
    this.#task?.end.abort();
    const end = new AbortController();
    /** @type {Task} */
    const mine = { end, words, share: null, preview, canCancel };
    this.#task = mine;
    this.#trouble("");
    this.#draw();
    try {
      await does(mine);
    } catch (error) {
      const again = () => this.#working(words, null, does, canCancel);
      if (!end.signal.aborted) this.#trouble(error.message, "Retry", again);
    }
    if (preview) URL.revokeObjectURL(preview);
    if (this.#task !== mine) return;
    this.#task = null;
    this.#draw();
  }

  #cancel() {
    const end = this.#task?.end;
    this.#task = null;
    end?.abort();
    this.#draw();
  }

  /** @param {File} file */
  #take(file) {
    const wrong = upload.check(file, this.#limits);
    if (!wrong) return this.#send(file);
    this.#task?.end.abort();
    this.#trouble(wrong.words, wrong.remedy ?? "", wrong.remedy ? () => this.#makeSmaller(file) : null);
  }

  /** An error is no reason to show nothing: Retry starts with a preview of its own. @param {File} file */
  #send(file) {
    this.#working(`Sending ${file.name}`, URL.createObjectURL(file), async (mine) => {
      const { signal } = mine.end;
      const onShare = (/** @type {number} */ share) => {
        mine.share = share;
        if (this.#task === mine) this.#view.share(mine);
      };
      onShare(0);
      try {
        const way = { signal, onShare };
        const unfit = await upload.send(this.#wire, this.#field, file, this.#limits.piece_bytes, way);
        if (unfit && !signal.aborted) this.#trouble(unfit);
      } catch (error) {
        if (!signal.aborted)
          this.#trouble(`${file.name} did not arrive: ${error.message}`, "Retry", () => this.#send(file));
      }
    });
  }

  /** @param {File} file */
  async #makeSmaller(file) {
    /** @type {File | null} */
    let less = null;
    await this.#working("Making it smaller…", URL.createObjectURL(file), async (mine) => {
      const made = await upload.smaller(file, this.#limits.bytes_max);
      if (!mine.end.signal.aborted) less = made;
    });
    if (less) this.#take(less);
  }

  /** Python fetches it: that cannot be called back. @param {string} source */
  #use(source) {
    const preview = source ? null : (this.#current?.thumbnail ?? null);
    const ask = () => this.#wire.ask({ kind: "source", field: this.#field, source });
    this.#working(source ? "Fetching the image…" : "Removing…", preview, ask, false);
  }

  /** @param {File[]} files */
  takeAll(files) {
    this.#take(files[0]);
    if (files.length > 1 && this.#parts.trouble.hidden)
      this.#wire.tell(`Only ${files[0].name} was taken: a field holds one image.`);
  }

  /** Tell whether it was anything. @param {DataTransfer | null} data */
  receive(data) {
    const files = [...(data?.files ?? [])];
    const address = firstAddress(data?.getData("text/uri-list") ?? "");
    if (files.length) this.takeAll(files);
    else if (address) this.#use(address);
    return files.length > 0 || Boolean(address);
  }

  // ---- what is done to it

  #hearButtons() {
    const { drop, replace, remove, cancel, remedy, picker, url, take, typed } = this.#parts;
    const { signal } = this.#wire;
    const click = (/** @type {HTMLElement} */ button, /** @type {() => void} */ does) =>
      button.addEventListener("click", does, { signal });
    for (const button of [drop, replace]) click(button, () => picker.click());
    click(remove, () => this.#use(""));
    click(cancel, () => this.#cancel());
    click(remedy, () => this.#again?.());
    click(url, () => this.#openUrl(Boolean(typed.hidden)));
    click(take, () => this.#useAddress());
    const picked = () => {
      this.takeAll([...(picker.files ?? [])]);
      picker.value = "";
    };
    picker.addEventListener("change", picked, { signal });
    typed.addEventListener("keydown", (event) => this.#keyInUrl(event), { signal });
  }

  /** @param {boolean} isOpen */
  #openUrl(isOpen) {
    const { typed, url, address } = this.#parts;
    typed.hidden = !isOpen;
    url.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? address : url).focus();
  }

  #useAddress() {
    const { address } = this.#parts;
    const typed = address.value.trim();
    if (!typed) return;
    address.value = "";
    this.#openUrl(false);
    this.#use(typed);
  }

  /** @param {KeyboardEvent} event */
  #keyInUrl(event) {
    const { key, target, ctrlKey, metaKey } = event;
    const isSending = key === "Enter" && target === this.#parts.address && !ctrlKey && !metaKey;
    if (!isSending && key !== "Escape") return;
    claim(event);
    if (isSending) this.#useAddress();
    else this.#openUrl(false);
  }

  #hearDrags() {
    const { signal } = this.#wire;
    const { root } = this;
    root.addEventListener("dragenter", (event) => this.#drag(event, 1), { signal });
    root.addEventListener("dragleave", (event) => this.#drag(event, -1), { signal });
    const over = (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    };
    const drop = (/** @type {DragEvent} */ event) => {
      claim(event);
      this.#drag(event, -this.#inside);
      if (!this.receive(event.dataTransfer)) this.#trouble("What was dropped is no image file.");
    };
    const paste = (/** @type {ClipboardEvent} */ event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length) return;
      claim(event);
      this.takeAll(files);
    };
    root.addEventListener("dragover", over, { signal });
    root.addEventListener("drop", drop, { signal });
    root.addEventListener("paste", paste, { signal });
  }

  /** @param {DragEvent} event @param {number} by */
  #drag(event, by) {
    if (by > 0) event.preventDefault();
    this.#inside = Math.max(0, this.#inside + by);
    this.root.classList.toggle("over", this.#inside > 0);
  }

  /** @param {string[]} samples */
  #samples(samples) {
    const { signal } = this.#wire;
    const items = () =>
      samples.map((source) => ({ words: source.replace(/^sample:/, ""), pick: () => this.#use(source) }));
    return new Menu({ opener: this.#parts.samples, label: "Samples", waiting: "…", signal, items }).root;
  }

  #variables() {
    const { signal } = this.#wire;
    const items = async () => {
      /** @type {{ sources: { source: string, words: string }[] }} */
      const { sources } = await this.#wire.ask({ kind: "sources" });
      if (!sources.length) return [{ words: "No images among the notebook's variables yet." }];
      return sources.map(({ source, words }) => ({ words: source, quiet: words, pick: () => this.#use(source) }));
    };
    const label = "Images of the notebook";
    return new Menu({ opener: this.#parts.notebook, label, waiting: "Looking…", signal, items }).root;
  }

  /**
   * Follow the model and the quote.
   * @param {{ shown: boolean, needed: boolean, problems: string[] }} now whether the model has the field, whether it insists
   */
  look({ shown, needed, problems }) {
    this.root.hidden = !shown;
    this.#parts.optional.hidden = needed;
    this.#view.problems = problems;
    this.#view.tell(this.#task, this.#current);
  }
}
