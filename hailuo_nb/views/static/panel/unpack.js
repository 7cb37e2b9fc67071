// The panel's module and style sheet travel compressed: as text they would be three times the
// rest of what a page is sent at first. This unpacks them, once for each model.
const unpack = (packed) => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

async function load(model) {
  const [code, looks] = await Promise.all(["code", "looks"].map((name) => unpack(model.get(name))));
  const style = document.createElement("style");
  style.textContent = looks;
  document.head.append(style);
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const { default: panel } = await import(address);
  URL.revokeObjectURL(address);
  return { panel, end: () => style.remove() };
}

export default () => {
  let loading = null;
  const loaded = (model) => (loading ??= load(model));
  return {
    async initialize({ model, ...rest }) {
      const { panel, end } = await loaded(model);
      const leave = panel.initialize({ model, ...rest });
      return () => { leave(); end(); };
    },
    async render({ model, ...rest }) {
      const { panel } = await loaded(model);
      return panel.render({ model, ...rest });
    },
  };
};
