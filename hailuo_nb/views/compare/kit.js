// The player and what it is made of, which grid, votes and panel share: one text, sent before each.
export * as actions from "../actions.js";
export * as dom from "../dom.js";
export * as missing from "../missing.js";
export * as moments from "../moments.js";
export * as playback from "../playback.js";
export * as tokens from "../tokens.js";
export * as clock from "./clock.js";
export * as compare from "./compare.js";
export * as fit from "./fit.js";
export * as sound from "./sound.js";
export * as stage from "./stage.js";
export * as tools from "./tools.js";
