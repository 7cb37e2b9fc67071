// One image field: an image comes by drop, paste, picker, address, sample or from the notebook.
// What is shown comes from Python's `frames`; what is under way lives here.
import { claim, focused, make, say } from "../dom.js";
import { imageField } from "./image_field.js";
import { menu } from "./menu.js";
import * as upload from "./upload.js";

/**
 * @param {import("./wire.js").Wire} wire
 */
export function frames(wire, field, label) {
  const { image, samples } = wire.get("catalogue");
  const { signal } = wire;
  const parts = imageField(field, label, image);
  const { root } = parts;
  /**
   * @typedef {object} Task what is under way
   * @property {AbortController} end
   * @property {string} words
   * @property {number | null} share of it that is done, where that is known
   * @property {string | null} preview
   * @property {boolean} canCancel
   */
  /** @type {Task | null} */
  let task = null;
  let problems = [];
  /** @type {(() => void) | null} */
  let file_again = null; // what Retry does
  const on = (element, event, does) => element.addEventListener(event, does, { signal });
  const current = () => wire.get("frames")?.[field] ?? null;

  // The button one is on may go; the focus stays in the field.
  function keepingFocus(change) {
    const had = focused();
    const isInside = root.contains(had);
    change();
    if (!isInside || (had !== root && root.contains(focused()) && had.checkVisibility())) return;
    (
      [parts.cancel, parts.remedy, parts.drop, parts.replace].find((button) => button.checkVisibility()) ?? root
    ).focus();
  }

  // Without a picture the name stands for it. A line ends with the dot.
  function frameWords(frame) {
    if (!frame) return "";
    const isNamed = Boolean(frame.thumbnail) || frame.words === frame.source;
    return `${isNamed ? "" : `${frame.source}: `}${frame.words.replaceAll(" · ", "\u00a0· ")}`;
  }

  function draw() {
    const frame = current();
    const source = task?.preview ?? (task ? null : frame?.thumbnail);
    keepingFocus(() => {
      root.dataset.state = task ? "busy" : frame ? "filled" : "empty";
      parts.drop.hidden = Boolean(task || frame);
      parts.filled.hidden = !task && !frame;
      parts.picture.hidden = !source;
      if (source && parts.picture.getAttribute("src") !== source) parts.picture.src = source;
      if (!source) parts.picture.removeAttribute("src");
      say(parts.words, task ? task.words : frameWords(frame));
      parts.bar.hidden = !task;
      for (const button of [parts.replace, parts.remove]) button.hidden = Boolean(task);
      parts.cancel.hidden = !task?.canCancel;
      parts.ways.hidden = Boolean(task);
    });
    progress();
    tell(frame);
  }

  function progress() {
    const percent = Math.round(100 * (task?.share ?? 0));
    parts.bar.classList.toggle("unknown", task !== null && task.share === null);
    /** @type {HTMLElement} */ (parts.bar.firstChild).style.width = `${percent}%`;
    if (task && task.share !== null) parts.bar.setAttribute("aria-valuenow", String(percent));
    else parts.bar.removeAttribute("aria-valuenow");
  }

  function tell(frame) {
    const wrong = [...new Set([...(task ? [] : (frame?.problems ?? [])), ...problems])];
    const lines = [
      ...wrong.map((words) => ["problem", words]),
      ...(task ? [] : (frame?.notes ?? [])).map((words) => ["hint", words]),
    ];
    const key = JSON.stringify(lines);
    if (parts.told.dataset.key === key) return;
    parts.told.dataset.key = key;
    parts.told.replaceChildren(...lines.map(([kind, words]) => make("p", kind, { dir: "auto" }, words)));
  }

  // Something went wrong here: say it, and offer what may put it right.
  function trouble(/** @type {string} */ words, remedy = "", does = /** @type {(() => void) | null} */ (null)) {
    keepingFocus(() => {
      say(parts.trouble, words && current() ? `${words} The image above stays.` : words);
      say(parts.remedy, remedy);
      file_again = does;
    });
  }

  async function working(words, preview, does, canCancel = true) {
    task?.end.abort();
    const end = new AbortController();
    /** @type {Task} */
    const mine = { end, words, share: null, preview, canCancel };
    task = mine;
    trouble("");
    draw();
    try {
      await does(mine);
    } catch (error) {
      if (!end.signal.aborted) trouble(error.message, "Retry", () => working(words, null, does, canCancel));
    }
    if (preview) URL.revokeObjectURL(preview);
    if (task !== mine) return;
    task = null;
    draw();
  }

  function take(file) {
    const wrong = upload.check(file, image);
    if (wrong) {
      task?.end.abort();
      trouble(wrong.words, wrong.remedy ?? "", wrong.remedy ? () => makeSmaller(file) : null);
      return;
    }
    // An error is no reason to show nothing: Retry starts with a preview of its own.
    const start = () =>
      working(`Sending ${file.name}`, URL.createObjectURL(file), async (mine) => {
        mine.share = 0;
        progress();
        try {
          const unfit = await upload.send(wire, field, file, image.piece_bytes, {
            signal: mine.end.signal,
            onShare: (share) => {
              mine.share = share;
              if (task === mine) progress();
            },
          });
          if (unfit && !mine.end.signal.aborted) trouble(unfit);
        } catch (error) {
          if (!mine.end.signal.aborted) trouble(`${file.name} did not arrive: ${error.message}`, "Retry", start);
        }
      });
    start();
  }

  function makeSmaller(file) {
    /** @type {File | null} */
    let less = null;
    working("Making it smaller…", URL.createObjectURL(file), async (mine) => {
      const made = await upload.smaller(file, image.bytes_max);
      if (!mine.end.signal.aborted) less = made;
    }).then(() => {
      if (less) take(less);
    });
  }

  // Python fetches it: that cannot be called back.
  function use(source) {
    const [words, preview] = source ? ["Fetching the image…", null] : ["Removing…", current()?.thumbnail];
    working(words, preview, () => wire.ask({ kind: "source", field, source }), false);
  }

  function takeAll(files) {
    take(files[0]);
    if (files.length > 1 && parts.trouble.hidden)
      wire.tell(`Only ${files[0].name} was taken: a field holds one image.`);
  }

  function receive(data) {
    const files = [...(data?.files ?? [])];
    const address = data
      ?.getData("text/uri-list")
      .split("\n")
      .find((line) => /^https?:/.test(line));
    if (files.length) takeAll(files);
    else if (address) use(address.trim());
    return files.length > 0 || Boolean(address);
  }

  const openUrl = (isOpen) => {
    parts.typed.hidden = !isOpen;
    parts.url.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? parts.address : parts.url).focus();
  };
  const useAddress = () => {
    const address = parts.address.value.trim();
    if (!address) return;
    parts.address.value = "";
    openUrl(false);
    use(address);
  };

  on(parts.drop, "click", () => parts.picker.click());
  on(parts.replace, "click", () => parts.picker.click());
  on(parts.remove, "click", () => use(""));
  on(parts.cancel, "click", () => {
    const end = task?.end;
    task = null;
    end?.abort();
    draw();
  });
  on(parts.remedy, "click", () => file_again?.());
  on(parts.picker, "change", () => {
    takeAll([...(parts.picker.files ?? [])]);
    parts.picker.value = "";
  });
  on(parts.url, "click", () => openUrl(parts.typed.hidden));
  on(parts.take, "click", useAddress);
  on(parts.typed, "keydown", (event) => {
    const isSending = event.key === "Enter" && event.target === parts.address && !event.ctrlKey && !event.metaKey;
    if (!isSending && event.key !== "Escape") return;
    claim(event);
    if (isSending) useAddress();
    else openUrl(false);
  });
  let inside = 0; // a drag enters each child before it leaves the one before
  on(root, "dragenter", (event) => {
    event.preventDefault();
    inside += 1;
    root.classList.add("over");
  });
  on(root, "dragleave", () => {
    inside -= 1;
    if (inside <= 0) root.classList.remove("over");
  });
  on(root, "dragover", (event) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  on(root, "drop", (event) => {
    claim(event);
    inside = 0;
    root.classList.remove("over");
    if (!receive(event.dataTransfer)) trouble("What was dropped is no image file.");
  });
  on(root, "paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    claim(event);
    takeAll(files);
  });
  const menus = [
    menu({
      opener: parts.samples,
      label: "Samples",
      waiting: "…",
      signal,
      items: () => samples.map((source) => ({ words: source.replace(/^sample:/, ""), pick: () => use(source) })),
    }),
    menu({
      opener: parts.notebook,
      label: "Images of the notebook",
      waiting: "Looking…",
      signal,
      items: async () => {
        const { sources } = await wire.ask({ kind: "sources" });
        if (!sources.length) return [{ words: "No images among the notebook's variables yet." }];
        return sources.map(({ source, words }) => ({ words: source, quiet: words, pick: () => use(source) }));
      },
    }),
  ];
  parts.ways.append(...menus.map((one) => one.root));
  let drawn = JSON.stringify(current());
  wire.on("frames", () => {
    const now = JSON.stringify(current());
    if (now === drawn) return; // the other field's
    drawn = now;
    if (!task) trouble("");
    draw();
  });
  signal.addEventListener("abort", () => task?.end.abort(), { once: true });
  draw();
  return {
    root,
    receive,
    takeAll,
    // `shown` follows the model, `needed` says whether it insists; problems are those of the quote.
    look({ shown, needed, problems: said = [] }) {
      root.hidden = !shown;
      parts.optional.hidden = needed;
      problems = said;
      tell(current());
    },
  };
}
