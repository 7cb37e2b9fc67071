// The panel's module and style sheet travel compressed: as text they would be three times the
// rest of what a page is sent at first. This unpacks them, once for each model.
const unpack = (/** @type {BlobPart} */ packed) =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

/** @param {any} model */
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

// Python sends the rest while this is loading.
const told = (/** @type {any} */ model) =>
  new Promise((/** @type {(value: void) => void} */ done) => {
    const look = () => {
      if (!model.get("catalogue").models) return;
      model.off("change:catalogue", look);
      done();
    };
    model.on("change:catalogue", look);
    look();
  });

export default () => {
  /** @type {Promise<{ panel: any, end: () => void }> | null} */
  let loading = null;
  const loaded = (/** @type {any} */ model) =>
    (loading ??= Promise.all([load(model), told(model)]).then(([found]) => found));
  return {
    // What Python sends later is heard only once this has returned, so nothing is waited for here.
    initialize(/** @type {{ model: any }} */ { model }) {
      let [isOver, leave] = [false, () => {}];
      loaded(model).then(({ panel, end }) => {
        if (isOver) return end();
        const go = panel.initialize({ model });
        leave = () => {
          go();
          end();
        };
      });
      return () => {
        isOver = true;
        leave();
      };
    },
    async render(/** @type {{ model: any, el: HTMLElement }} */ { model, el }) {
      const { panel } = await loaded(model);
      return panel.render({ model, el });
    },
  };
};
