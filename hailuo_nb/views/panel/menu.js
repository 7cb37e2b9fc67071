// A small list that opens below a button: arrows move, Escape and Tab close, focus comes back.
// `items()` gives, or promises, [{ words, quiet, pick }]; an item without `pick` only tells something.
import { make } from "../dom.js";

export function menu({ opener, label, waiting, items, signal }) {
  const list = make("div", "menu", { role: "menu", "aria-label": label, hidden: true });
  let opened = 0;
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");

  const entries = () => [...list.children];

  function close(isKeeping = true) {
    if (list.hidden) return;
    const hadFocus = list.contains(document.activeElement);
    opened += 1;
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (isKeeping && hadFocus) opener.focus();
  }

  function entry({ words, quiet = "", pick = null }) {
    const button = make("button", "plain", { type: "button", role: "menuitem", tabindex: -1, "aria-disabled": pick ? null : "true" },
      make("bdi", "", { dir: "auto" }, words), quiet ? make("bdi", "quiet", { dir: "auto" }, quiet) : null);
    if (pick) button.addEventListener("click", () => { close(); pick(); }, { signal });
    return button;
  }

  function fill(found) {
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(...found.map(entry));
    if (hadFocus) entries()[0]?.focus();
  }

  async function open() {
    opened += 1;
    const mine = opened;
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    fill([{ words: waiting }]);
    entries()[0].focus();
    let found;
    try {
      found = await items();
    } catch (error) {
      found = [{ words: error.message }];
    }
    if (mine === opened) fill(found);
  }

  opener.addEventListener("click", () => (list.hidden ? open() : close()), { signal });
  list.addEventListener("keydown", (event) => {
    const [all, at] = [entries(), entries().indexOf(document.activeElement)];
    const next = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") close();
    if (event.key === "Escape") close();
    if (next !== undefined) all[next]?.focus();
    if (next === undefined && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!list.contains(target) && !opener.contains(target)) close(false);
  }, { signal, capture: true });
  list.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== opener && !list.contains(relatedTarget)) close(false);
  }, { signal });
  return { root: list, close };
}
