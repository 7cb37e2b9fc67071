// Bundles the front end: each entry below becomes one file that Python reads, with no Node near.
// A bundle's first line carries a digest of all it was made of, so that a test knows a stale one.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const VIEWS = "hailuo_nb/views";
const CONFIGURATION = ["esbuild.mjs", "package-lock.json"];

// Modules (esm) are imported by the notebook. Scripts (iife) stand in saved markup, several in one
// text.
const BUNDLES = {
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

async function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths.sort()) hash.update(`${path}\n${await readFile(path, "utf8")}\n`);
  return hash.digest("hex");
}

for (const [name, [entry, format]] of Object.entries(BUNDLES)) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${VIEWS}/${entry}`],
    bundle: true,
    format,
    target: "es2022",
    charset: "utf8",
    minify: true,
    lineLimit: 500,
    tsconfigRaw: {}, // a module is strict without saying so
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const made = await digest([...Object.keys(metafile.inputs), ...CONFIGURATION]);
  await writeFile(`${VIEWS}/bundles/${name}.js`, `// ${entry} ${made}\n${outputFiles[0].text}`);
}
