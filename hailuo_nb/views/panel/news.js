// What news does to a list of clips: who belongs to it, how many there are, what is said of it.
// It knows rows and filters, no element but the one that is read aloud.
import { paced } from "../dom.js";

/**
 * @typedef {import("./tile.js").Row} Row
 * @typedef {{ group?: string, model?: string, day?: string, text?: string, hidden?: boolean, sort?: string }} Filter
 * @typedef {"group" | "model" | "day"} Facet
 * @typedef {Partial<Record<Facet, [value: string, number: number][]>> & { hidden?: number }} Facets
 * @typedef {object} Numbers what stands in the filter
 * @property {number} total
 * @property {number} all
 * @property {Facets} facets
 * @property {[key: string, title: string][]} [orders] the measures that clips can be sorted by
 */

/**
 * Of many ends in a row the first is spoken at once, the others together.
 * @param {HTMLElement} region
 * @param {() => number | undefined} underWay
 */
export function teller(region, underWay) {
  let [done, without] = [0, 0];
  const { hear, end } = paced(() => {
    const parts = [];
    if (done) parts.push(done === 1 ? "1 clip is done" : `${done} clips are done`);
    if (without) parts.push(`${without} ended without a clip`);
    parts.push(`${underWay() || "none"} under way`);
    region.textContent = `${parts.join(", ")}.`;
    [done, without] = [0, 0];
  });
  return {
    /** @param {string} group */
    ended(group) {
      if (group === "done") done += 1;
      else without += 1;
    },
    hear: () => {
      if (done + without) hear();
    },
    end,
  };
}

/**
 * Text in the one form of all that differ from it in case or width alone, as core/tokens.py has it.
 * @param {string} text
 */
export function folded(text) {
  const small = text.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
  const apart = small.normalize("NFKC").normalize("NFD").replaceAll("i\u0307", "i").replaceAll("ı", "i");
  return apart.replace(/(?<=[\u03b1-\u03c9])[\u0300-\u036f]+/g, "").normalize("NFC");
}

/**
 * As Python looks: each word in the prompt or the name, or the id itself.
 * @param {Row} row
 * @param {Filter} filter
 */
export function passes({ id, hidden, group, model, day, label, prompt }, filter) {
  const said = folded(`${label}\n${prompt}`);
  const words = (filter.text ?? "").split(/\s+/).every((word) => word === id || said.includes(folded(word)));
  return (
    words &&
    hidden === Boolean(filter.hidden) &&
    (filter.group ?? group) === group &&
    (filter.model ?? model) === model &&
    (filter.day ?? day) === day
  );
}

/**
 * The numbers that stand in the filter follow the news; the next page brings them anew.
 * @template {Numbers} State
 * @param {State} state
 * @param {Filter} filter
 * @param {Row | undefined} before
 * @param {Row} row
 * @returns {State}
 */
export function counted(state, filter, before, row) {
  const change = (/** @type {(row: Row) => boolean} */ does) =>
    Number(does(row)) - Number(before ? does(before) : false);
  const facets = { ...state.facets };
  for (const name of /** @type {const} */ (["group", "model", "day"])) {
    const listed = (facets[name] ?? []).map(([value, number]) => /** @type {[string, number]} */ ([value, number]));
    for (const value of new Set([row[name], (before ?? row)[name]])) {
      const by = change((one) => !one.hidden && one[name] === value);
      const pair = listed.find(([other]) => other === value);
      if (pair) pair[1] = Math.max(0, pair[1] + by);
      else if (by > 0) listed.unshift([value, by]); // the newest day stands on top
    }
    facets[name] = listed;
  }
  const total = state.total + change((one) => passes(one, filter));
  return { ...state, facets, total, all: state.all + change(({ hidden }) => !hidden) };
}

/**
 * Newest first: the list keeps its own order, the new ones go where their times say.
 * @param {Row[]} fresh
 * @param {string[]} order
 * @param {Set<string>} gone
 * @param {(id: string) => Row} rowOf
 */
export function merged(fresh, order, gone, rowOf) {
  const rows = [...new Map(fresh.map((row) => [row.id, row])).values()].sort(
    (a, b) => b.created_at_ms - a.created_at_ms,
  );
  const result = [];
  for (const id of order.filter((one) => !gone.has(one))) {
    while (rows[0]?.created_at_ms >= rowOf(id).created_at_ms) result.push(rows.splice(0, 1)[0].id);
    result.push(id);
  }
  return [...result, ...rows.map(({ id }) => id)];
}

/**
 * Say how many of them cannot be seen.
 * @param {number} missing
 * @param {number} all
 */
export function away(missing, all) {
  if (all === 1) return "The clip is";
  return missing === all ? `The ${all} clips are` : `${missing} of ${all} clips ${missing === 1 ? "is" : "are"}`;
}
