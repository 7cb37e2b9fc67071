// The history of clips: newest first, alive while clips are made, quick with ten thousand.
// It knows rows of facts and which of them stand in the list; each part below has its own file.
import { claim, icon, isChord, make, say } from "../dom.js";
import { comparing } from "./comparing.js";
import { filterbar } from "./filterbar.js";
import { away, counted, merged, passes, teller } from "./news.js";
import { player } from "./player.js";
import { posters } from "./posters.js";
import * as tile from "./tile.js";
import { tileActs } from "./tile_acts.js";

/**
 * @typedef {import("./tile.js").Row} Row
 * @typedef {import("./tile.js").Tile} Tile
 */

const NEAR = "600px 0px";
const EMPTY = "Your clips will stand here. Write a prompt and press Generate.";
const heard = new Map(); // rows told since the page was drawn: a later view of the panel missed them

/**
 * `toForm` goes to where a prompt is written.
 * @param {import("./wire.js").Wire} wire
 */
export function gallery(wire, toForm) {
  const list = make("ul", "tiles", { role: "list" });
  const more = make("button", "more", { type: "button", hidden: true }, "Show more");
  const nothing = make("p", "", {});
  const reset = make("button", "", { type: "button" }, "Clear the filter");
  const [film, glass] = [icon("play"), icon("search")];
  const empty = make("div", "empty", { hidden: true }, film, glass, nothing, reset);
  const scroller = make("div", "scroller", {}, list, empty, more);
  const spoken = make("p", "spoken", { role: "status", "aria-live": "polite" });
  /** @type {Map<string, Tile>} */
  const tiles = new Map(); // id -> tile, of those in the list
  /** @type {Map<string, Row>} */
  const known = new Map(); // id -> its newest row
  const rowOf = (/** @type {string} */ id) => /** @type {Row} */ (known.get(id));
  /** @type {string[]} */
  let order = [];
  let filter = {};
  let state = { more: false, cursor: null, total: 0, all: 0, facets: {} };
  let [turn, isLoading, newest_ms] = [0, false, 0];

  const without = wire.get("catalogue").read_only ? ["rename", "hide"] : [];
  const bar = filterbar(wire, (wish) => {
    filter = wish;
    return ask(null);
  });
  const clips = player(wire);
  const pictures = posters(
    wire,
    scroller,
    (id) => known.get(id),
    (id) => {
      const one = tiles.get(id);
      if (one) tile.drawPoster(one, pictures.of(id));
      if (compare.picked().includes(id)) compare.draw();
    },
  );
  const compare = comparing(wire, {
    row: (id) => known.get(id),
    picture: pictures.of,
    load: clips.load,
    focus: bar.focus,
  });
  const acts = tileActs(wire, clips, merge, toForm);
  const voice = teller(spoken, () => state.facets.group?.find(([name]) => name === "running")?.[1]);
  const root = make(
    "section",
    "gallery",
    { "aria-label": "Clips" },
    make("h3", "spoken", {}, "Clips"),
    bar.root,
    spoken,
    compare.region,
    scroller,
    compare.bar,
  );

  // ---- the list

  function drawTile(one, row) {
    tile.draw(one, row, compare.picked().includes(row.id));
    tile.drawPoster(one, pictures.of(row.id));
  }

  function born(id) {
    const one = tile.makeTile(id, without);
    tiles.set(id, one);
    drawTile(one, known.get(id));
    pictures.watch(id, one.root);
    return one;
  }

  function stop({ video }) {
    // and let go of what it holds
    if (!video) return;
    video.pause();
    video.removeAttribute("src");
    video.load();
  }

  function drop(one) {
    pictures.forget(one.id);
    stop(one);
    one.root.remove();
    tiles.delete(one.id);
  }

  // Put the list into this order. What stays is not moved, so that it keeps focus and plays on.
  function arrange(ids) {
    const wanted = new Set(ids);
    const focused = order.findIndex((id) => tiles.get(id)?.root.contains(document.activeElement));
    const after =
      focused < 0 ? null : [...order.slice(focused), ...order.slice(0, focused).reverse()].find((id) => wanted.has(id));
    for (const one of [...tiles.values()]) if (!wanted.has(one.id)) drop(one);
    const run = document.createDocumentFragment();
    let at = list.firstChild;
    for (const id of ids) {
      const one = tiles.get(id) ?? born(id);
      if (at && one.root === at) {
        list.insertBefore(run, at);
        at = at.nextSibling;
      } else run.append(one.root);
    }
    if (run.hasChildNodes()) list.insertBefore(run, at);
    if (focused >= 0 && after !== order[focused]) (tiles.get(after ?? "")?.root ?? bar).focus({ preventScroll: true });
    order = ids;
    drawAround();
  }

  function drawAround() {
    const isSet = bar.isSet();
    bar.draw(state, known.size > 0);
    empty.hidden = order.length > 0 || isLoading;
    say(nothing, isSet ? "No clip passes this filter." : EMPTY);
    reset.hidden = !isSet;
    film.toggleAttribute("hidden", isSet);
    glass.toggleAttribute("hidden", !isSet);
    list.hidden = order.length === 0;
    more.hidden = !state.more;
    more.ariaDisabled = String(isLoading);
    more.textContent = isLoading ? "Loading…" : "Show more";
    scroller.setAttribute("aria-busy", String(isLoading));
  }

  // ---- pages

  const hasAnother = (before, row) => before.src !== row.src || before.has_picture !== row.has_picture; // another picture
  const allOf = ({ group }, total) => group?.reduce((sum, [, number]) => sum + number, 0) ?? total;

  function take({ rows, more: isMore, total, facets, cursor }, isFirst) {
    for (const row of rows) {
      const [before, one] = [known.get(row.id), tiles.get(row.id)];
      known.set(row.id, row);
      newest_ms = Math.max(newest_ms, row.created_at_ms);
      if (!one) continue;
      drawTile(one, row);
      if (hasAnother(before, row)) pictures.watch(row.id, one.root);
    }
    state = { ...state, more: isMore, cursor, total, facets, all: allOf(facets, total) };
    const ids = rows.map(({ id }) => id);
    if (isFirst) scroller.scrollTop = 0;
    arrange([...new Set(isFirst ? ids : [...order, ...ids])]);
    compare.draw();
    nearEnd.unobserve(more); // it tells again where the end is in view still
    nearEnd.observe(more);
  }

  // A newer wish makes the older one's answer void, also that of "more".
  async function ask(cursor) {
    if (cursor === null) turn += 1;
    const mine = turn;
    const focusFrom = document.activeElement === more ? order.length : -1;
    isLoading = true;
    drawAround();
    try {
      const answer = await wire.ask({ kind: "page", filter, cursor });
      if (mine !== turn || wire.signal.aborted) return;
      isLoading = false;
      take(answer, cursor === null);
      if (cursor === null) spoken.textContent = `${bar.words()}.`;
      if (focusFrom >= 0) tiles.get(order[focusFrom])?.root.focus();
    } catch (error) {
      if (mine !== turn) return;
      isLoading = false;
      wire.tell(error.message, "error");
      drawAround();
    }
  }
  const askMore = () => {
    if (state.more && !isLoading) ask(state.cursor);
  };
  const nearEnd = new IntersectionObserver(
    ([{ isIntersecting }]) => {
      if (isIntersecting) askMore();
    },
    { root: scroller, rootMargin: NEAR },
  );

  // ---- news

  // What is older than all that is loaded comes with its page.
  function belongs(row) {
    const last = known.get(order.at(-1) ?? "");
    return passes(row, filter) && (!state.more || !last || row.created_at_ms >= last.created_at_ms);
  }

  function merge(rows) {
    /** @type {Row[]} */
    const fresh = [];
    /** @type {Set<string>} */
    const gone = new Set();
    /** @type {Tile[]} */
    const ended = [];
    for (const row of rows) {
      const [before, one] = [known.get(row.id), tiles.get(row.id)];
      known.set(row.id, row);
      const isCounted = !before && row.created_at_ms <= newest_ms; // as something
      if (!isCounted) state = counted(state, filter, before, row);
      if (before?.group === "running" && row.group !== "running") voice.ended(row.group);
      if (one && row.hidden !== Boolean(filter.hidden)) gone.add(row.id);
      else if (one) {
        drawTile(one, row);
        if (hasAnother(before, row)) pictures.watch(row.id, one.root);
        if (!before?.src && row.src) ended.push(one);
      } else if (belongs(row)) fresh.push(row);
    }
    newest_ms = Math.max(newest_ms, ...rows.map(({ created_at_ms }) => created_at_ms));
    if (fresh.length || gone.size) arrange(merged(fresh, order, gone, rowOf));
    else drawAround();
    compare.draw();
    for (const one of ended) acts.preview(one, scroller);
    voice.hear();
  }

  // ---- what was asked for

  const whereIs = (row) =>
    row.hidden && !filter.hidden ? "hidden" : passes(row, filter) ? "further down" : "outside this filter";

  // Bring the clips of an answer into view; where they are not in the list, say why, and a way to them.
  function show({ ids = /** @type {string[]} */ ([]), words = "" }) {
    const seen = ids.find((id) => tiles.has(id));
    if (seen) tiles.get(seen)?.root.scrollIntoView({ block: "nearest" });
    const missing = ids.filter((id) => known.has(id) && !tiles.has(id));
    if (!missing.length) return wire.tell(words);
    const row = rowOf(missing[0]);
    const where = whereIs(row);
    const clear = { words: "Clear the filter", does: () => bar.reset()?.then(() => show({ ids, words })) };
    const find = {
      words: ids.length === 1 ? "Show it" : "Show the first",
      does: () => bar.find(row.id, row.hidden)?.then(() => show({ ids: [row.id] })),
    };
    wire.tell(`${away(missing, ids)} ${where}.`, "", where === "outside this filter" ? clear : find);
  }

  // ---- what is done to the list

  const on = (target, type, does) => target.addEventListener(type, does, { signal: wire.signal });
  const tileOf = (target) => /** @type {Tile} */ (tiles.get(target.closest(".tile")?.dataset.id));
  on(list, "click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button && button.ariaDisabled !== "true") acts.does[button.dataset.act](tileOf(button));
  });
  on(list, "change", ({ target }) => {
    if (target.matches(".pick")) target.checked = compare.toggle(tileOf(target).id, target.checked) && target.checked;
  });
  on(list, "keydown", (event) => {
    const actions = event.target.closest(".actions");
    if (!actions || isChord(event) || !tile.arrow(actions, event.key)) return;
    claim(event);
  });
  on(more, "click", askMore);
  on(reset, "click", bar.reset);
  wire.on("selection", () => {
    const picked = new Set(compare.picked());
    for (const one of tiles.values()) tile.drawPick(one, picked.has(one.id));
    pictures.want(...picked);
    compare.draw();
  });
  wire.hear("rows", ({ rows }) => {
    for (const row of rows) heard.set(row.id, row);
    merge(rows);
  });

  take(wire.get("first"), true);
  if (heard.size) merge([...heard.values()]);
  pictures.want(...compare.picked());
  const timer = setInterval(() => {
    for (const one of tiles.values()) if (!one.row.final) tile.tick(one);
  }, 1000);
  wire.signal.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      nearEnd.disconnect();
      voice.end();
      tiles.forEach(stop);
    },
    { once: true },
  );
  return { root, show, focusFilter: bar.focus };
}
