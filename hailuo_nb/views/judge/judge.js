// The live view of a judge: a booth whose votes the kernel keeps, and the result once it is asked for.
// Text is set as text; the result is markup from Python.
import { make, say } from "../dom.js";
import { AWAY, keeper, lifeline, listener, locator, send, watchKernel } from "../live.js";
import { booth } from "./booth.js";
import { openPage } from "./page.js";

const GONE = "The kernel was restarted or has ended. Run this cell again and go on: no vote is lost.";
const BUSY = "The kernel is busy with a cell; your vote counts when that ends.";
const AGAIN_MS = 5000; // an answer that does not come is asked for again; a vote counts once

/** @param {{ model: any, el: HTMLElement }} view */
function render({ model, el }) {
  const end = new AbortController();
  const [on, seenAs] = [listener(model, end.signal), locator(model)];
  /** @type {Set<() => void>} */
  const looks = new Set();
  const keep = keeper(model, end.signal, () => {
    for (const look of looks) look();
  });
  /** @type {object | null} */
  let asked = null;
  let timer = 0;

  /** @param {object} message */
  function ask(message) {
    asked = message;
    clearTimeout(timer);
    if (!send(model, message)) return view.fail(GONE);
    timer = setTimeout(() => {
      say(notice, BUSY);
      if (asked) ask(asked);
    }, AGAIN_MS);
  }
  function answered() {
    asked = null;
    clearTimeout(timer);
    say(notice, "");
  }
  const notice = make("p", "notice", { role: "status", hidden: true });
  const again = make("button", "", { type: "button" }, "Go on voting");
  const told = make("div");
  const result = make("div", "hailuo-judged", { hidden: true }, told, again);
  const view = booth(
    {
      vote: (turn, outcome) => ask({ kind: "vote", turn, outcome }),
      undo: (turn) => ask({ kind: "undo", turn }),
      enough: () => ask({ kind: "result" }),
      source: ({ src, index }) =>
        new Promise((done) => {
          const look = () => {
            const found = src === AWAY ? keep.clip(index) : seenAs(src, look);
            if (found === null) return void looks.add(look);
            looks.delete(look);
            done(found);
          };
          look();
        }),
      watch(video, { index }) {
        const look = lifeline(video, end.signal, () => keep.clip(index));
        looks.add(look);
      },
    },
    "Show the result",
  );
  function draw() {
    const html = model.get("result");
    result.hidden = !html;
    view.root.hidden = Boolean(html);
    if (html && told.dataset.html !== html) {
      told.dataset.html = html;
      told.innerHTML = html;
      again.focus({ preventScroll: true });
    }
    view.draw(model.get("ballot"));
  }
  again.addEventListener("click", () => ask({ kind: "go on" }), { signal: end.signal });
  for (const name of ["ballot", "result"]) on(`change:${name}`, draw);
  on("msg:custom", ({ kind, trouble }) => {
    if (kind === "clip") return;
    answered();
    if (trouble) view.fail(trouble);
    else draw();
  });
  watchKernel(on, (isGone) => {
    if (!isGone) return;
    answered();
    view.fail(GONE);
    view.wait(true);
  });
  el.append(view.root, notice, result);
  draw();
  return () => {
    clearTimeout(timer);
    end.abort();
    view.leave();
  };
}

openPage();

export default { render };
