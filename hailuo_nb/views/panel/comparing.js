// Clips that are picked, and their comparison. The selection is the model's, so that all views
// and Python agree; what plays them together is compare.js, the markup comes from Python.
// Where only the kernel can read a clip the markup has its picture: the player takes its place.
import { enhance } from "../compare/compare.js";
import { claim, focused, foreign, hit, icon, make, say } from "../dom.js";

function videoOf(figure, row) {
  const [still, video] = [figure.firstElementChild, figure.querySelector("video")];
  if (video || !row?.src) return video;
  const [width, height] = [
    still.getAttribute("width") ?? row.size_px[0],
    still.getAttribute("height") ?? row.size_px[1],
  ];
  const made = make("video", "", {
    controls: true,
    loop: true,
    playsinline: true,
    preload: "none",
    width,
    height,
    title: row.label,
    poster: still.getAttribute("src"),
    style: still.style.cssText,
  });
  made.style.opacity = "";
  still.replaceWith(made);
  return made;
}

/**
 * `about` knows the clips: their rows, pictures, and how to play one that cannot be loaded.
 * @param {import("./wire.js").Wire} wire
 */
export function comparing(wire, about) {
  const [least, most] = wire.get("catalogue").compare;
  const [chips, why] = [
    make("ul", "chips", { role: "list", "aria-label": "Picked clips" }),
    make("p", "quiet", { role: "status" }),
  ];
  const go = make("button", "primary", { type: "button" });
  const clear = make("button", "plain", { type: "button", "aria-label": "Clear the picked clips" }, "Clear");
  const bar = make(
    "section",
    "picked",
    { "aria-label": "Picked for comparison", hidden: true },
    chips,
    why,
    make("div", "buttons", {}, go, clear),
  );
  const close = make("button", "", { type: "button" }, icon("close"), "Close");
  const [status, holder] = [make("p", "quiet", { role: "status", hidden: true }), make("div")];
  const region = make(
    "section",
    "comparison",
    { "aria-label": "Comparison", hidden: true },
    make("header", "", {}, make("h3", "", {}, "Comparison"), close),
    status,
    holder,
  );
  /** @type {(() => void) | null} */
  let leave = null;
  let [turn, isAsking] = [0, false];
  const picked = () => wire.get("selection") ?? [];

  function toggle(id, isPicked) {
    const others = picked().filter((one) => one !== id);
    if (isPicked && others.length >= most) {
      say(why, `${most} clips play together at most. Take one out first.`);
      return false;
    }
    wire.set("selection", isPicked ? [...others, id] : others);
    return true;
  }

  function chip(id) {
    const [row, picture] = [about.row(id), about.picture(id)];
    const words = row?.label ?? id;
    return make(
      "li",
      "",
      {},
      make(
        "button",
        "plain",
        { type: "button", "data-id": id, "aria-label": `Take out ${words}`, title: `Take out ${words}` },
        picture ? make("img", "", { src: picture, alt: "" }) : make("span", "thumb"),
        foreign(words),
        icon("close"),
      ),
    );
  }

  // Drawn again when the picks, a name or a picture change, and only then.
  function draw() {
    const ids = picked();
    const isShort = ids.length < least;
    const key = JSON.stringify(ids.map((id) => [id, about.row(id)?.label, Boolean(about.picture(id))]));
    bar.hidden = ids.length === 0;
    say(go, isShort ? "Compare" : `Compare ${ids.length}`);
    go.ariaDisabled = String(isShort || isAsking);
    if (chips.dataset.drawn === key) return;
    const had = chips.contains(focused()) ? focused().dataset.id : undefined;
    say(why, isShort ? (ids.length === 1 ? "Pick one more to compare." : "") : "");
    chips.dataset.drawn = key;
    chips.replaceChildren(...ids.map(chip));
    if (!had) return;
    const same = /** @type {HTMLElement | null} */ (chips.querySelector(`[data-id="${CSS.escape(had)}"]`));
    (same ?? chips.querySelector("button") ?? go).focus();
  }

  async function open() {
    const ids = picked();
    if (go.ariaDisabled === "true") return;
    isAsking = true;
    draw();
    turn += 1;
    const mine = turn;
    try {
      const { html } = await wire.ask({ kind: "compare", ids });
      if (mine === turn && !wire.signal.aborted) await show(html, ids, mine);
    } catch (error) {
      wire.tell(error.message, "error");
    }
    isAsking = false;
    draw();
  }

  // In a template nothing loads and nothing runs; addresses are set before it joins the page.
  async function show(html, ids, mine) {
    const template = make("template");
    template.innerHTML = html;
    for (const script of template.content.querySelectorAll("script")) script.remove();
    const root = /** @type {HTMLElement} */ (template.content.querySelector(".hailuo-compare"));
    const videos = [...root.querySelectorAll("figure")]
      .map((figure, index) => [videoOf(figure, about.row(ids[index])), ids[index]])
      .filter(([video]) => video);
    await Promise.all(
      videos.map(([video, id]) =>
        about.load(video, { id, src: video.getAttribute("src") ?? about.row(id).src }, (words) => say(status, words)),
      ),
    );
    if (mine !== turn || wire.signal.aborted) return;
    drop();
    say(status, "");
    holder.replaceChildren(root);
    region.hidden = false;
    leave = enhance(root);
    region.scrollIntoView({ block: "nearest" });
    root.focus({ preventScroll: true });
  }

  function drop() {
    leave?.();
    leave = null;
    holder.replaceChildren();
    region.hidden = true;
  }
  function shut() {
    turn += 1;
    const hadFocus = region.contains(focused());
    drop();
    if (hadFocus) (bar.hidden ? about.focus : () => go.focus())();
  }

  const on = (target, type, does) => target.addEventListener(type, does, { signal: wire.signal });
  on(go, "click", open);
  on(close, "click", shut);
  on(clear, "click", () => {
    wire.set("selection", []);
    about.focus();
  });
  on(chips, "click", (event) => {
    const id = hit(event, "button")?.dataset.id;
    if (id) toggle(id, false);
  });
  on(region, "keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    claim(event);
    shut();
  });
  wire.signal.addEventListener(
    "abort",
    () => {
      turn += 1;
      drop();
    },
    { once: true },
  );
  return { bar, region, picked, toggle, draw };
}
