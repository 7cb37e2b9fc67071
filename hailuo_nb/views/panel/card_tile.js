// One clip of the gallery: its markup, and how a row of facts is drawn into it.
// It sends nothing; the gallery hears the clicks by each button's `data-act`.
export const tile = (() => {
  const STEPS = 4;
  const STOPPING = "Stopping…";
  const DELAY = "A cell that is running may delay this.";
  const LONG_CHARS = 64; // about what two lines hold
  const ACTIONS = {
    continue: ["next", "Go on from the last frame"],
    use: ["reuse", "Use these settings"],
    copy: ["copy", "Copy prompt"],
    rename: ["pencil", "Rename"],
    hide: ["hide", "Hide"],
  };
  const { make, say, foreign, icon, clockWords } = dom;
  const button = (act, className, attributes, ...children) => make("button", className, { type: "button", "data-act": act, ...attributes }, ...children);
  const change = (element, name, value) => { if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value); };

  // `without`: the actions that are not offered here.
  function makeTile(id, without = []) {
    const seconds = document.createTextNode("");
    const time = document.createTextNode("");
    const parts = {
      seconds, time,
      frame: make("div", "frame"),
      play: button("play", "play", {}, make("span", "mark", { "aria-hidden": "true" }, icon("play"), seconds)),
      loading: make("p", "loading", { role: "status", hidden: true }),
      actions: make("div", "actions", { role: "toolbar" },
        ...Object.entries(ACTIONS).filter(([act]) => !without.includes(act)).map(([act, [drawn, words]]) => button(act, "plain", { "aria-label": words, tabindex: "-1" }, icon(drawn)))),
      rail: make("div", "rail", { "aria-hidden": "true" }, ...Array.from({ length: STEPS }, () => make("span"))),
      pick: make("input", "pick", { type: "checkbox", title: "Compare" }),
      label: foreign(""),
      badge: make("strong", "badge", { title: "Made by the built-in simulator, free of charge" }, "SIMULATED"),
      headline: make("span"),
      clock: make("span", "clock", { hidden: true }, time),
      estimate: make("span"),
      money: make("span"),
      when: make("span"),
      hidden: make("span", "", { hidden: true }, "hidden"),
      reason: make("div", "reason", { hidden: true }),
      note: make("p", "hint", { dir: "auto", hidden: true }),
      stop: button("stop", "mark stop", {}, make("span", "square", { "aria-hidden": "true" }), "Stop watching"),
      retry: button("retry", "small retry", { hidden: true }),
      hint: make("p", "quiet stop-hint", { hidden: true }),
      prompt: make("details", "prompt", {}, make("summary", "", { dir: "auto" }), make("p", "quiet", { dir: "auto" })),
    };
    parts.frame.append(parts.play, parts.stop);
    parts.name = make("div", "name", {}, parts.pick, make("h4", "", {}, parts.label), parts.badge);
    parts.became = make("p", "quiet became", {}, parts.headline, parts.clock, parts.estimate, parts.money, parts.when, parts.hidden);
    const root = make("li", "tile", { "data-id": id, tabindex: "-1" },
      make("div", "picture", {}, parts.frame, parts.loading, parts.rail, parts.actions), parts.name,
      parts.became, parts.reason, parts.note, parts.hint, parts.retry, parts.prompt);
    return { id, root, parts, row: null, asked: null, video: null };
  }

  // ---- drawing

  function draw(one, row, isPicked) {
    const { parts, root } = one;
    const [before, hadFocus] = [one.row, root.contains(document.activeElement)];
    one.row = row;
    root.dataset.group = row.group;
    root.dataset.state = row.state;
    root.classList.toggle("put-away", row.hidden);
    say(parts.label, row.label);
    parts.badge.hidden = !row.simulated;
    drawFrame(parts, row, one.video);
    drawRail(parts, row);
    say(parts.headline, isStopping(one) ? STOPPING : row.headline);
    say(parts.money, row.money);
    say(parts.when, row.final ? row.when.replaceAll(" ", "\u00a0") : ""); // its clock says when
    parts.hidden.hidden = !row.hidden;
    say(parts.note, row.note);
    drawReason(parts, row);
    drawPrompt(parts, row, before);
    drawActions(one, row);
    drawAsks(one, row);
    drawPick(one, isPicked);
    tick(one);
    // Where the button that was pressed goes, the focus stays in the tile.
    const focused = document.activeElement;
    if (hadFocus && (focused === document.body || focused.closest("[hidden]"))) root.focus({ preventScroll: true });
  }

  function drawFrame({ frame, play, seconds }, { size_px: [width, height], src, label, seconds: length }, video) {
    const ratio = `${width} / ${height}`;
    if (frame.style.aspectRatio !== ratio) frame.style.aspectRatio = ratio;
    play.hidden = !src || video !== null;
    change(play, "aria-label", `Play ${label}`);
    seconds.data = `${length} s`;
    if (video) change(video, "aria-label", label);
    const image = frame.querySelector("img");
    if (image) image.alt = src ? "" : `Picture of ${label}`; // the button's name says it already
  }

  function drawPoster({ parts: { frame, play }, row, video }, picture) {
    const image = frame.querySelector("img");
    frame.classList.toggle("waits", picture === undefined);
    frame.classList.toggle("bare", picture === "");
    if (video && picture) video.poster = picture;
    if (!picture) image?.remove();
    else if (!image) play.before(make("img", "", { src: picture, alt: row.src ? "" : `Picture of ${row.label}` }));
    else if (image.getAttribute("src") !== picture) image.src = picture;
  }

  function drawRail({ rail }, { phase, final }) {
    rail.hidden = final || phase === null;
    [...rail.children].forEach((step, index) => { step.className = index < phase ? "past" : index === phase ? "now" : ""; });
  }

  // The first sentence says what happened; the rest, what to do, is a click away.
  function drawReason({ reason }, { explanation }) {
    if (reason.dataset.drawn === (explanation ?? "")) return;
    reason.dataset.drawn = explanation ?? "";
    reason.hidden = !explanation;
    const first = (explanation ?? "").match(/^.*?[.!?](?=\s+\S)/s)?.[0];
    if (!first) return reason.replaceChildren(make("p", "", { dir: "auto" }, explanation ?? ""));
    reason.replaceChildren(make("details", "", {}, make("summary", "", { dir: "auto" }, first),
      make("p", "", { dir: "auto" }, explanation.slice(first.length).trim())));
  }

  function drawPrompt({ prompt }, row, before) {
    const [summary, settings] = prompt.children;
    say(summary, row.prompt || "no prompt");
    prompt.classList.toggle("short", row.prompt.length < LONG_CHARS && !row.prompt.includes("\n"));
    if (before?.model === row.model && String(before.options) === String(row.options)) return;
    settings.replaceChildren(...[row.model, ...row.options].flatMap((word, index) => (index ? [" · ", foreign(word)] : [foreign(word)])));
  }

  function drawActions({ parts: { actions } }, { label, hidden, can_continue }) {
    change(actions, "aria-label", `Actions for ${label}`);
    const buttons = [...actions.children];
    const [onwards, hide] = ["continue", "hide"].map((act) => buttons.find(({ dataset }) => dataset.act === act));
    onwards.hidden = !can_continue;
    if (hide) change(hide, "aria-label", hidden ? "Show again" : "Hide");
    const stops = buttons.filter((one) => !one.hidden);
    if (!stops.some((one) => one.tabIndex === 0)) stop(buttons, stops[0]);
  }

  // One tab stop for all actions; the arrow keys go between them.
  const stop = (buttons, to) => buttons.forEach((one) => { one.tabIndex = one === to ? 0 : -1; });

  function arrow(actions, key) {
    const buttons = [...actions.children].filter(({ hidden }) => !hidden);
    const [at, last] = [buttons.indexOf(document.activeElement), buttons.length - 1];
    const to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[key];
    if (to === undefined || at < 0) return false;
    stop([...actions.children], buttons[to]);
    buttons[to].focus();
    return true;
  }

  function drawPick({ parts: { pick }, row }, isPicked) {
    pick.hidden = !row.src && !isPicked;
    pick.checked = isPicked;
    change(pick, "aria-label", `Compare ${row.label}`);
  }

  // ---- what is asked of Python and rests until the row shows it

  const isStopping = ({ asked, row }) => asked?.kind === "stop" && asked.state === row.state;

  function drawAsks(one, row) {
    const { stop, retry, hint } = one.parts;
    if (isStopping(one)) return;
    one.asked = null;
    for (const button of [stop, retry]) button.ariaDisabled = "false";
    stop.hidden = !row.stop_hint;
    change(stop, "aria-label", `Stop watching ${row.label}`);
    change(stop, "data-hint", row.stop_hint ?? "");
    change(stop, "aria-description", row.stop_hint ?? "");
    say(retry, row.retry ? `Try again (${row.retry})` : "");
    change(retry, "aria-label", `${retry.textContent}: ${row.label}`);
    say(hint, row.stop_hint);
    hint.classList.remove("now");
  }

  function rest(one, kind) {
    const { parts } = one;
    one.asked = { kind, state: one.row.state };
    parts[kind].ariaDisabled = "true";
    if (kind === "stop") say(parts.headline, STOPPING);
    else Object.assign(parts.retry, { textContent: "Trying again…", ariaLabel: `Trying again: ${one.row.label}` });
    say(parts.hint, DELAY);
    parts.hint.classList.add("now");
  }

  // A try is another task, with a tile of its own: this one has done what it can.
  function settle({ parts, row }) {
    Object.assign(parts.retry, { textContent: "Tried again", ariaLabel: `Tried again: ${row.label}` });
    say(parts.hint, "");
  }

  function wake(one) {
    one.asked = null;
    say(one.parts.headline, one.row.headline);
    drawAsks(one, one.row);
  }

  // ---- the clock

  function tick({ row, parts: { clock, time, estimate } }) {
    const isTicking = !row.final && row.submitted_at_ms !== null;
    const elapsed_s = isTicking ? Math.max(0, (Date.now() - row.submitted_at_ms) / 1000) : 0;
    const isLate = isTicking && row.late_after_s !== null && elapsed_s > row.late_after_s;
    if (clock.hidden === isTicking) clock.hidden = !isTicking;
    const words = clockWords(elapsed_s);
    if (isTicking && time.data !== words) time.data = words;
    say(estimate, row.final ? "" : isLate ? [row.estimate, "longer this time"].filter(Boolean).join(", ") : row.estimate);
  }

  return { makeTile, draw, drawPoster, drawPick, tick, rest, settle, wake, arrow };
})();
