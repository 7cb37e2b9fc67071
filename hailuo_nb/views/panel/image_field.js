// The markup of one image field. Nothing here is told or asked.
import { icon, make } from "../dom.js";
import * as facts from "./facts.js";

const small = (words, attributes = {}) => make("button", "small plain", { type: "button", ...attributes }, words);

/** @param {string} field @param {string} label @param {{ types: string[] }} image what the service takes */
export function imageField(field, label, image) {
  const id = facts.uid(field);
  const parts = {
    name: make("span", "legend", { id: `${id}-name` }, label),
    optional: make("span", "quiet", {}, "optional"),
    picker: make("input", "", { type: "file", accept: image.types.join(","), hidden: true, tabindex: -1 }),
    drop: make(
      "button",
      "drop",
      { type: "button", "aria-describedby": `${id}-told` },
      icon("image"),
      make("span", "", {}, "Drop, paste or choose an image"),
    ),
    picture: make("img", "", { alt: `${label}, as it will be sent` }),
    words: make("p", "quiet", { dir: "auto" }),
    bar: make(
      "div",
      "bar",
      {
        role: "progressbar",
        "aria-label": `Sending the ${label.toLowerCase()}`,
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      make("span"),
    ),
    replace: small("Replace", { "aria-label": `Replace the ${label.toLowerCase()}` }),
    remove: small("Remove", { "aria-label": `Remove the ${label.toLowerCase()}` }),
    cancel: small("Cancel"),
    trouble: make("p", "problem", { dir: "auto", hidden: true }),
    remedy: make("button", "small", { type: "button", hidden: true }),
    told: make("div", "said", { id: `${id}-told`, "aria-live": "polite" }),
    url: small("URL", { "aria-expanded": "false" }),
    samples: small("Samples"),
    notebook: small("Notebook", { "aria-label": "From the notebook" }),
    address: make("input", "", {
      type: "url",
      "aria-label": `Address of the ${label.toLowerCase()}`,
      placeholder: "https://…",
      spellcheck: "false",
      autocomplete: "off",
    }),
    take: make("button", "small", { type: "button" }, "Use it"),
  };
  parts.facts = make(
    "div",
    "facts",
    {},
    parts.words,
    parts.bar,
    make("div", "acts", {}, parts.replace, parts.remove, parts.cancel),
  );
  parts.filled = make("div", "filled", { hidden: true }, parts.picture, parts.facts);
  parts.typed = make("div", "typed", { hidden: true }, parts.address, parts.take);
  parts.ways = make("div", "ways", {}, parts.url, parts.samples, parts.notebook);
  parts.root = make(
    "div",
    "image-field",
    { role: "group", tabindex: -1, "aria-labelledby": `${id}-name`, "data-field": field },
    make("div", "head", {}, parts.name, parts.optional),
    parts.picker,
    parts.drop,
    parts.filled,
    make(
      "div",
      "said-all",
      {},
      make("div", "wrong", { "aria-live": "polite" }, parts.trouble),
      parts.remedy,
      parts.told,
    ),
    parts.ways,
    parts.typed,
  );
  return parts;
}
