// A small list that opens below a button: arrows move, Escape and Tab close, focus comes back.
/**
 * @typedef {{ words: string, quiet?: string, pick?: () => void }} Item without `pick` it only tells something
 */

/**
 * @param {object} given
 * @param {HTMLButtonElement} given.opener
 * @param {string} given.label
 * @param {string} given.waiting
 * @param {() => Item[] | Promise<Item[]>} given.items
 * @param {AbortSignal} given.signal
 */
import { childrenOf, claim, focused, make } from "../dom.js";

export function menu({ opener, label, waiting, items, signal }) {
  const list = make("div", "menu", { role: "menu", "aria-label": label, hidden: true });
  let opened = 0;
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");

  const entries = () => childrenOf(list);

  function close(isKeeping = true) {
    if (list.hidden) return;
    const hadFocus = list.contains(focused());
    opened += 1;
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (isKeeping && hadFocus) opener.focus();
  }

  /** @param {Item} item */
  function entry({ words, quiet = "", pick }) {
    const button = make(
      "button",
      "plain",
      { type: "button", role: "menuitem", tabindex: -1, "aria-disabled": pick ? null : "true" },
      make("bdi", "", { dir: "auto" }, words),
      quiet ? make("bdi", "quiet", { dir: "auto" }, quiet) : null,
    );
    if (pick)
      button.addEventListener(
        "click",
        () => {
          close();
          pick();
        },
        { signal },
      );
    return button;
  }

  /** @param {Item[]} found */
  function fill(found) {
    const hadFocus = list.contains(focused());
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
    /** @type {Item[]} */
    let found;
    try {
      found = await items();
    } catch (error) {
      found = [{ words: error.message }];
    }
    if (mine === opened) fill(found);
  }

  opener.addEventListener("click", () => (list.hidden ? open() : close()), { signal });
  list.addEventListener(
    "keydown",
    (event) => {
      const [all, at] = [entries(), entries().indexOf(focused())];
      const next = /** @type {Record<string, number>} */ ({
        ArrowDown: (at + 1) % all.length,
        ArrowUp: (at - 1 + all.length) % all.length,
        Home: 0,
        End: all.length - 1,
      })[event.key];
      if (event.key === "Tab") close();
      if (event.key === "Escape") close();
      if (next !== undefined) all[next]?.focus();
      if (next === undefined && event.key !== "Escape") return;
      claim(event);
    },
    { signal },
  );
  document.addEventListener(
    "pointerdown",
    (event) => {
      const target = /** @type {Node} */ (event.target);
      if (!list.contains(target) && !opener.contains(target)) close(false);
    },
    { signal, capture: true },
  );
  list.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      const to = /** @type {Node | null} */ (relatedTarget);
      if (to && to !== opener && !list.contains(to)) close(false);
    },
    { signal },
  );
  return { root: list, close };
}
