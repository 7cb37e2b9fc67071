// What the catalogue and the settings say together: which models count, which values they
// have, which of them cannot stand side by side. It knows no element and no option by name
// but image, end_image and model.

/**
 * What `views/panel/catalogue.py` tells of the form, once.
 * @typedef {"image" | "end_image"} Field of an image
 * @typedef {object} Model
 * @property {string} short its name as it is typed
 * @property {number} prompt_chars_max
 * @property {boolean} takes_image
 * @property {boolean} takes_end_image
 * @property {string[]} [fixed] what it leaves no choice of
 * @property {Record<string, string[]>} fields of each option the values that it has, the standard one first
 * @property {{ values: Record<string, string>, words: string }[]} [not_together]
 * @typedef {object} Option
 * @property {string} name
 * @property {string} label
 * @property {string} kind
 * @property {string} place
 * @property {string} help
 * @property {string} [unit]
 * @property {string} [several]
 * @typedef {{ types: string[], bytes_max: number, piece_bytes: number }} ImageLimits
 * @typedef {object} Catalogue
 * @property {Model[]} models
 * @property {{ with_image: string, without_image: string }} default_model
 * @property {Option[]} options
 * @property {{ name: string, does: string }[]} cameras
 * @property {string[]} samples
 * @property {ImageLimits} image
 * @property {string[]} [keywords] of Python, which no variable may be called
 * @property {[name: string, words: string][]} states
 * @property {[least: number, most: number]} compare
 * @property {boolean} [read_only]
 * @typedef {Record<string, any>} Settings options by name, as they are typed
 * @typedef {{ field: string, words: string }} Problem
 */

/** @type {Field[]} */
const FIELDS = ["image", "end_image"];
const base = Math.random().toString(36).slice(2, 8); // two panels on a page share no id
let made = 0;
export const uid = (/** @type {string} */ word) => {
  made += 1;
  return `hailuo-${base}-${word}-${made}`;
};

/** @param {unknown} value as it is typed, or a list @returns {string[]} */
export function list(value) {
  if (Array.isArray(value)) return value.map(String);
  return String(value ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

/**
 * Absent is the default: nothing empty is kept.
 * @param {Settings} settings
 * @returns {Settings}
 */
export const clean = (settings) =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([, value]) => value !== undefined && value !== null && value !== "" && value !== false && value.length !== 0,
    ),
  );

export const key = (/** @type {Settings} */ settings) => JSON.stringify(Object.entries(settings).sort());

const hasImage = (/** @type {Settings} */ settings) => FIELDS.some((field) => Boolean(settings[field]?.length));

/** @param {Catalogue} catalogue @param {Settings} settings */
export function automatic({ models, default_model }, settings) {
  const short = hasImage(settings) ? default_model.with_image : default_model.without_image;
  return models.find((model) => model.short === short) ?? models[0];
}

/**
 * The models that the settings ask for, or the one taken where none is named.
 * @param {Catalogue} catalogue
 * @param {Settings} settings
 */
export function effective(catalogue, settings) {
  const named = list(settings.model)
    .map((short) => catalogue.models.find((model) => model.short === short))
    .filter((model) => model !== undefined);
  return named.length ? named : [automatic(catalogue, settings)];
}

/**
 * Whether an image field is of use: as long as no model is named, an image chooses one.
 * @param {Catalogue} catalogue
 * @param {Settings} settings
 * @param {Field} field
 */
export function takes(catalogue, settings, field) {
  const { with_image, without_image } = catalogue.default_model;
  const models = settings.model
    ? effective(catalogue, settings)
    : catalogue.models.filter(({ short }) => short === with_image || short === without_image);
  return Boolean(settings[field]?.length) || models.some((model) => model[`takes_${field}`]);
}

/** @param {Model[]} models @param {string} name */
export const values = (models, name) => [...new Set(models.flatMap((model) => model.fields[name] ?? []))];

/**
 * The value that goes without saying, where all models agree on it.
 * @param {Model[]} models
 * @param {string} name
 */
export function standard(models, name) {
  const firsts = new Set(models.map((model) => model.fields[name]?.[0]).filter((value) => value !== undefined));
  return firsts.size === 1 ? [...firsts][0] : undefined;
}

/** @param {Model[]} models @param {string} name @param {Settings} settings */
export function chosen(models, name, settings) {
  const given = list(settings[name]);
  if (given.length) return given;
  return values(models, name).slice(0, 1);
}

/** @param {Option} option @param {string} value */
export const spoken = (option, value) => (option.unit ? `${value} ${option.unit}` : value);

/** @param {Model} model @param {Option} option @param {string} value @param {Settings} settings */
function refusedBy(model, option, value, settings) {
  const has = model.fields[option.name];
  if (!has) return `${model.short} has no setting “${option.label}”.`;
  if (!has.includes(value)) return `${model.short} has no ${option.label.toLowerCase()} ${spoken(option, value)}.`;
  const pair = (model.not_together ?? []).find(
    (entry) =>
      entry.values[option.name] === value &&
      Object.entries(entry.values).every(
        ([name, other]) => name === option.name || chosen([model], name, settings).every((one) => one === other),
      ),
  );
  return pair?.words ?? "";
}

/**
 * Why a value cannot be had with the rest of the settings, in words; empty where it can.
 * @param {Model[]} models
 * @param {Option} option
 * @param {string} value
 * @param {Settings} settings
 */
export function refusal(models, option, value, settings) {
  const reasons = models.map((model) => refusedBy(model, option, value, settings));
  return reasons.every(Boolean) ? (reasons[0] ?? "") : "";
}

/**
 * The settings without what their models lack, and what that was, in words.
 * @param {Catalogue} catalogue
 * @param {Settings} settings
 * @returns {{ settings: Settings, dropped: string[] }}
 */
export function fitting(catalogue, settings) {
  const models = effective(catalogue, settings);
  const kept = { ...settings };
  /** @type {string[]} */
  const dropped = [];
  for (const field of FIELDS) {
    if (!kept[field]?.length || takes(catalogue, { model: settings.model }, field)) continue;
    delete kept[field];
    dropped.push(field === "image" ? "the start image" : "the end image");
  }
  for (const option of catalogue.options) {
    if ((option.kind !== "choice" && option.kind !== "switch") || kept[option.name] === undefined) continue;
    const given = list(kept[option.name]);
    const fits = given.filter((value) => !refusal(models, option, value, kept));
    if (fits.length === given.length) continue;
    kept[option.name] = fits.join(",");
    const isFixed = (/** @type {string} */ value) =>
      models.every((model) => model.fixed?.includes(spoken(option, value))); // had all the same
    const lost = given.filter((value) => !fits.includes(value) && !isFixed(value));
    dropped.push(...lost.map((value) => `${option.label.toLowerCase()} ${spoken(option, value)}`));
  }
  return { settings: clean(kept), dropped };
}

/** @param {Option} option @param {string[]} has */
function rangeWords(option, has) {
  const numbers = has.map(Number);
  if (has.length > 1 && numbers.every(Number.isFinite)) return `up to ${spoken(option, String(Math.max(...numbers)))}`;
  return has.map((value) => spoken(option, value)).join(" or ");
}

/**
 * A model as a person would call it: "02-i2v: from an image, up to 10 s, 768P or 512P".
 * @param {Catalogue} catalogue
 * @param {Model} model
 */
export function modelWords(catalogue, model) {
  const open = catalogue.options.filter(
    ({ kind, place, name }) => kind === "choice" && place === "main" && model.fields[name]?.length,
  );
  return `${model.short}: ${[model.takes_image ? "from an image" : "from words alone", ...open.map((option) => rangeWords(option, model.fields[option.name])), ...(model.fixed ?? [])].join(", ")}`;
}

export const charsMax = (/** @type {Model[]} */ models) => Math.min(...models.map((model) => model.prompt_chars_max));
