// The live card: draws one task's state, ticks its clock, sends the stop request.
// All facts come in the model's `state`; only the clock and the buttons' looks live here.
// Text is set as text, never as markup. `dom` stands before this text in the same module.

const { make, say, clockWords } = dom;

const dotted = (element, phrases) => {
  const key = JSON.stringify(phrases);
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.hidden = phrases.length === 0;
  element.replaceChildren(...phrases.flatMap((phrase, index) => {
    const part = make("bdi", "", { dir: "auto" }, phrase);
    return index ? [" · ", part] : [part];
  }));
};

function skeleton() {
  const parts = {
    frame: make("div", "frame"),
    rail: make("ol", "rail", { "aria-label": "Progress" }),
    label: make("bdi", "", { dir: "auto" }),
    badge: make("strong", "badge", { title: "Made by the built-in simulator, free of charge" }, "SIMULATED"),
    headline: make("strong", "headline", { role: "status", "aria-live": "polite" }),
    clock: make("span", "clock", { role: "timer", "aria-live": "off", title: "Since it was sent" }),
    estimate: make("span", "estimate"),
    explanation: make("p", "explanation", { dir: "auto" }),
    prompt: make("div", "prompt", { dir: "auto" }),
    options: make("p", "quiet"),
    images: make("p", "quiet"),
    money: make("p", "quiet"),
    id: make("code", "", { dir: "ltr" }),
    copy: make("button", "copy", { type: "button", "aria-label": "Copy the task id" }, "Copy"),
    note: make("p", "note", { dir: "auto" }),
    warnings: make("ul", "warnings"),
    stop: make("button", "stop", { type: "button" }, "Stop watching"),
    hint: make("span", "hint"),
    commands: make("p", "quiet"),
  };
  parts.task = make("p", "quiet", {}, "task ", parts.id, " ", parts.copy);
  parts.actions = make("div", "actions", {}, parts.stop, parts.hint);
  parts.picture = make("div", "column picture", {}, parts.frame, parts.rail);
  const text = make("div", "column text", {},
    make("p", "name", {}, make("strong", "", {}, parts.label), parts.badge),
    make("p", "status", {}, parts.headline, parts.clock, parts.estimate),
    parts.explanation, parts.prompt,
    make("div", "details", {}, parts.options, parts.images, parts.money, parts.task, parts.warnings),
    parts.note, parts.commands, parts.actions);
  const root = make("section", "hailuo-live", { "data-lm-suppress-shortcuts": "true" }, parts.picture, text);
  return { root, parts };
}

function drawFrame({ frame, picture }, state) {
  picture.style.maxWidth = `${state.width_px + 16}px`;
  frame.style.aspectRatio = `${state.width_px} / ${state.height_px}`;
  const image = frame.querySelector("img");
  if (!state.poster) image?.remove();
  else if (!image) frame.replaceChildren(make("img", "", { src: state.poster, alt: "Start frame" }));
  else if (image.getAttribute("src") !== state.poster) image.src = state.poster;
}

function drawRail({ rail }, state) {
  if (rail.childElementCount !== state.phases.length) {
    rail.replaceChildren(...state.phases.map((phase) => make("li", "", {}, make("span", "", {}, phase))));
  }
  [...rail.children].forEach((step, index) => {
    step.className = index < state.phase ? "past" : index === state.phase ? "now" : "";
    step.toggleAttribute("aria-current", index === state.phase);
    if (index === state.phase) step.setAttribute("aria-current", "step");
  });
}

function drawPrompt({ prompt }, [shown, rest]) {
  if (prompt.dataset.drawn === shown + rest) return;
  prompt.dataset.drawn = shown + rest;
  if (rest) prompt.replaceChildren(make("details", "", {}, make("summary", "", {}, `${shown}…`), rest));
  else prompt.replaceChildren(shown);
}

function drawActions({ stop, hint, actions }, state) {
  actions.hidden = state.final;
  if (stop.dataset.asked === state.state) return;
  delete stop.dataset.asked;
  stop.disabled = !state.stop_hint;
  say(stop, "Stop watching");
  say(hint, state.stop_hint);
}

function draw(parts, root, state) {
  root.dataset.state = state.state;
  root.setAttribute("aria-label", `Video task ${state.label}`);
  say(parts.label, state.label);
  parts.badge.hidden = !state.simulated;
  say(parts.headline, state.headline);
  say(parts.explanation, state.explanation);
  dotted(parts.options, state.options);
  dotted(parts.images, state.images);
  say(parts.money, [state.money, state.balance].filter(Boolean).join(" · "));
  say(parts.id, state.task_id);
  parts.task.hidden = !state.task_id;
  say(parts.note, state.note);
  say(parts.commands, state.final ? state.commands.map(([command, does]) => `${command} ${does}`).join("; ") : "");
  parts.warnings.hidden = state.warnings.length === 0;
  parts.warnings.replaceChildren(...state.warnings.map((words) => make("li", "", { dir: "auto" }, words)));
  drawFrame(parts, state);
  drawRail(parts, state);
  drawPrompt(parts, state.prompt);
  drawActions(parts, state);
}

function tick({ clock, estimate }, state) {
  const end_ms = state.finished_at_ms ?? Date.now();
  const elapsed_s = Math.max(0, (end_ms - state.submitted_at_ms) / 1000);
  const isTicking = state.submitted_at_ms !== null;
  const isLate = isTicking && state.estimate_high_s !== null && elapsed_s > state.estimate_high_s;
  say(clock, isTicking ? clockWords(elapsed_s) : "");
  say(estimate, state.final ? "" : isLate ? `${state.estimate}, longer this time` : state.estimate);
}

async function copyId({ id, copy }) {
  try {
    await navigator.clipboard.writeText(id.textContent);
    say(copy, "Copied");
  } catch {
    getSelection().selectAllChildren(id);
    say(copy, "Selected");
  }
}

function render({ model, el }) {
  const { root, parts } = skeleton();
  const end = new AbortController();
  const state = () => model.get("state");
  const update = () => { draw(parts, root, state()); tick(parts, state()); };
  const onClick = (button, clicked) => button.addEventListener("click", clicked, { signal: end.signal });
  onClick(parts.copy, () => copyId(parts));
  onClick(parts.stop, () => {
    parts.stop.dataset.asked = state().state;
    parts.stop.disabled = true;
    say(parts.stop, "Stopping…");
    say(parts.hint, "A cell that is running may delay this.");
    model.send({ kind: "stop" });
  });
  model.on("change:state", update);
  const timer = setInterval(() => tick(parts, state()), 1000);
  update();
  el.append(root);
  return () => {
    clearInterval(timer);
    model.off("change:state", update);
    end.abort();
    root.remove();
  };
}

export default { render };
