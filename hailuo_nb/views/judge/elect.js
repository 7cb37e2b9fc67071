// Which two clips come next on a page that no kernel helps: as the package chooses them, of one
// judge's votes alone. It knows numbers of prompts and clips, nothing of the page.

const RIDGE = 0.3;
const STEPS_MAX = 50;
const CLOSE = 1e-10;
const REPEAT_EVERY = 10;
const RIVALS_AT_FIRST = 15;
const LATE = 3; // so many of the latest pairs do not come again yet

/**
 * @typedef {import("./booth.js").Outcome} Outcome
 * @typedef {{ id: string, judge: string, left: string, right: string, outcome: Outcome, repeat: boolean, at: number, undoes: string | null }} Vote
 * @typedef {{ left: string, right: string, repeat: boolean }} Pair
 * @typedef {number[][]} Matrix
 */

/** Those that were not taken back. @param {Vote[]} log */
export function standing(log) {
  const undone = new Set(log.map(({ undoes }) => undoes));
  return log.filter(({ id, undoes }) => undoes === null && !undone.has(id));
}

/** @param {number} size @param {(row: number, column: number) => number} of */
const matrix = (size, of) =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_column, column) => of(row, column)));
/** @param {number[]} numbers */
const total = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

/** The lower triangle whose product with its transpose is the matrix. @param {Matrix} of */
function cholesky(of) {
  const low = matrix(of.length, () => 0);
  for (let row = 0; row < of.length; row += 1)
    for (let column = 0; column <= row; column += 1) {
      const rest = of[row][column] - total(low[column].slice(0, column).map((one, at) => one * low[row][at]));
      low[row][column] = row === column ? Math.sqrt(rest) : rest / low[column][column];
    }
  return low;
}

/** @param {Matrix} low @param {number[]} right */
function forward(low, right) {
  /** @type {number[]} */
  const found = [];
  for (const [row, one] of right.entries())
    found.push((one - total(found.map((known, at) => known * low[row][at]))) / low[row][row]);
  return found;
}

/** @param {Matrix} low @param {number[]} right */
function backward(low, right) {
  const found = right.map(() => 0);
  for (let row = right.length - 1; row >= 0; row -= 1) {
    let rest = right[row];
    for (let at = row + 1; at < right.length; at += 1) rest -= low[at][row] * found[at];
    found[row] = rest / low[row][row];
  }
  return found;
}

/**
 * The Bradley-Terry model: strengths, and the triangle of the inverse of their covariance.
 * @param {Matrix} wins how often each prompt won against each other one, a tie being half a win
 */
export function fit(wins) {
  const size = wins.length;
  let strengths = Array.from({ length: size }, () => 0);
  let low = matrix(size, () => 0);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const chance = matrix(size, (one, other) => 1 / (1 + Math.exp(strengths[other] - strengths[one])));
    const shown = (/** @type {number} */ one, /** @type {number} */ other) => wins[one][other] + wins[other][one];
    const weight = matrix(size, (one, other) => shown(one, other) * chance[one][other] * (1 - chance[one][other]));
    const bend = matrix(size, (one, other) => (one === other ? RIDGE + total(weight[one]) : 0) - weight[one][other]);
    const slope = strengths.map(
      (own, one) => total(wins[one].map((won, other) => won - shown(one, other) * chance[one][other])) - RIDGE * own,
    );
    low = cholesky(bend);
    const by = backward(low, forward(low, slope));
    strengths = strengths.map((own, at) => own + by[at]);
    if (by.every((one) => Math.abs(one) < CLOSE)) break;
  }
  return { strengths, low };
}

/** @param {number[]} numbers */
const greatest = (numbers) => numbers.indexOf(Math.max(...numbers));

/**
 * Who is ahead, and of whom how far, in standard deviations.
 * @param {ReturnType<typeof fit>} found
 */
export function lead({ strengths, low }) {
  const best = greatest(strengths);
  const gaps = strengths.map((own, at) => {
    if (at === best) return Number.POSITIVE_INFINITY;
    const apart = forward(
      low,
      strengths.map((_, other) => Number(other === best) - Number(other === at)),
    );
    return (strengths[best] - own) / Math.sqrt(total(apart.map((one) => one * one)));
  });
  return { best, gaps };
}

/** So far the best must be ahead; what was found by simulation. @param {number} prompts */
export const threshold = (prompts) => 2.85 - 0.05 * Math.log2(Math.min(Math.max(prompts, 2), 16) / 2);

function gaussian() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** Of two draws from what the strengths may be, the best of each. @param {ReturnType<typeof fit>} found */
function telling(found) {
  const draw = () => {
    const noise = backward(found.low, found.strengths.map(gaussian));
    return greatest(found.strengths.map((own, at) => own + noise[at]));
  };
  const [first, second] = [draw(), draw()];
  if (first !== second) return [first, second];
  const { best, gaps } = lead(found);
  const closest = gaps.indexOf(Math.min(...gaps));
  return [first, first === closest ? best : closest];
}

/** @template Item @param {Item[]} items */
const anyOf = (items) => items[Math.floor(Math.random() * items.length)];

/** @param {{ left: string, right: string }} pair */
const keyOf = ({ left, right }) => [left, right].sort().join(" ");

/** @param {Vote[]} votes */
function again(votes) {
  const late = new Set(votes.slice(-LATE).map(keyOf));
  /** @type {Map<string, { vote: Vote, times: number }>} */
  const known = new Map();
  for (const vote of votes) {
    const key = keyOf(vote);
    const times = (known.get(key)?.times ?? 0) + Number(vote.repeat);
    if (vote.outcome !== "skip" && !late.has(key)) known.set(key, { vote, times });
  }
  const least = Math.min(...[...known.values()].map(({ times }) => times));
  return [...known.values()].filter(({ times }) => times === least).map(({ vote }) => vote);
}

/**
 * An election: what is known of the prompts by a judge's votes.
 * @param {Map<string, number>} prompts the number of each clip's prompt, by the clip's id
 * @param {Vote[]} log
 */
export function election(prompts, log) {
  const size = 1 + Math.max(...prompts.values());
  const votes = standing(log);
  const place = (/** @type {string} */ id) => /** @type {number} */ (prompts.get(id));
  const wins = matrix(size, () => 0);
  const met = matrix(size, () => 0);
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const { left, right, outcome } of votes) {
    const [one, other] = [place(left), place(right)];
    for (const id of [left, right]) seen.set(id, (seen.get(id) ?? 0) + 1);
    met[one][other] = met[other][one] = 1;
    if (outcome === "skip" || one === other) continue;
    wins[one][other] += { left: 1, right: 0, tie: 0.5 }[outcome];
    wins[other][one] += { left: 0, right: 1, tie: 0.5 }[outcome];
  }

  function unmet() {
    const few = met.map((row) => total(row) < RIVALS_AT_FIRST);
    const pairs = met.flatMap((row, one) =>
      row.map((known, other) => [one, other, known]).filter(([, other, known]) => other > one && !known),
    );
    const open = pairs.filter(([one, other]) => few[one] || few[other]);
    return open.length ? anyOf(open).slice(0, 2) : null;
  }
  /** @param {number} prompt */
  function clipOf(prompt) {
    const own = [...prompts].filter(([, other]) => other === prompt).map(([id]) => id);
    const least = Math.min(...own.map((id) => seen.get(id) ?? 0));
    return anyOf(own.filter((id) => (seen.get(id) ?? 0) === least));
  }
  return {
    votes,
    /** @returns {Pair} */
    next() {
      const known = again(votes);
      if (known.length && Math.random() * REPEAT_EVERY < 1) {
        const { left, right } = anyOf(known);
        return { left: right, right: left, repeat: true };
      }
      const [one, other] = unmet() ?? telling(fit(wins));
      const [left, right] = Math.random() < 0.5 ? [one, other] : [other, one];
      return { left: clipOf(left), right: clipOf(right), repeat: false };
    },
    isDecided: () => votes.length > 0 && !unmet() && Math.min(...lead(fit(wins)).gaps) > threshold(size),
  };
}
