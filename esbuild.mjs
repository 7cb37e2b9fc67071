// Bundles the front end: each entry below becomes one file that Python reads, with no Node near.
// A bundle's first line carries a digest of all it was made of, so that a test knows a stale one.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const VIEWS = "hailuo_nb/views";
const CONFIGURATION = ["esbuild.mjs", "package-lock.json"];

// Modules (esm) are imported by the notebook. Scripts (iife) stand in saved markup, several in one
// text.
const BUNDLES = {
  kit: ["compare/kit.js", "iife"],
  card: ["card/card.js", "esm"],
  grid: ["grid/grid.js", "esm"],
  desk: ["desk/desk.js", "esm"],
  judge: ["judge/judge.js", "esm"],
  loader: ["loader.js", "esm"],
  panel: ["panel/panel.js", "esm"],
  unpack: ["panel/unpack.js", "esm"],
  clip: ["card/clip.js", "iife"],
  compare: ["compare/saved.js", "iife"],
  heal: ["heal.js", "iife"],
  tabs: ["grid/saved.js", "iife"],
};

// Those that have the player take it from the kit, which Python puts before them.
const SHARING = ["grid", "judge", "panel"];

/** What is in the kit, by its path: its name there, and what it exports. */
const kit = new Map();
for (const [, name, path] of (await readFile(`${VIEWS}/compare/kit.js`, "utf8")).matchAll(/as (\w+) from "(.+)"/g)) {
  const module = join(process.cwd(), VIEWS, "compare", path);
  const { metafile } = await build({
    entryPoints: [module],
    bundle: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  kit.set(module, [name, Object.values(metafile.outputs)[0].exports]);
}

const fromKit = {
  name: "kit",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const module = join(resolveDir, path);
      return kit.has(module) ? { path: module, namespace: "kit" } : undefined;
    });
    onLoad({ filter: /./, namespace: "kit" }, ({ path }) => {
      const [name, exported] = kit.get(path);
      return { contents: `export const { ${exported} } = kit.${name};` };
    });
  },
};

async function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths.sort()) hash.update(`${path}\n${await readFile(path, "utf8")}\n`);
  return hash.digest("hex");
}

for (const [name, [entry, format]] of Object.entries(BUNDLES)) {
  const options = { entryPoints: [`${VIEWS}/${entry}`], bundle: true, format, metafile: true, write: false };
  const whole = await build(options);
  const { outputFiles } = await build({
    ...options,
    globalName: name === "kit" ? "kit" : undefined,
    plugins: SHARING.includes(name) ? [fromKit] : [],
    target: "es2022",
    charset: "utf8",
    minify: true,
    lineLimit: 500,
    tsconfigRaw: {}, // a module is strict without saying so
    legalComments: "none",
  });
  const made = await digest([...Object.keys(whole.metafile.inputs), ...CONFIGURATION]);
  await writeFile(`${VIEWS}/bundles/${name}.js`, `// ${entry} ${made}\n${outputFiles[0].text}`);
}
