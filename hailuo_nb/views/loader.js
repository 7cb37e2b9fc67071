// All that a live view's model carries of the front end: its code and style stand once, in a model
// that all views of a kernel share, so that a page of a thousand cards stays small.
const AGAIN_MS = 200;
const TRIES = 50; // a page that opens anew may know the view before the code

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/** @param {any} manager @param {string} id */
async function shared(manager, id) {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await manager.get_model(id);
    } catch (error) {
      if (!left) throw error;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** @param {any} manager @param {string} id */
async function load(manager, id) {
  const code = await shared(manager, id);
  const style = document.createElement("style");
  style.textContent = code.get("looks");
  document.head.append(style);
  const address = URL.createObjectURL(new Blob([code.get("source")], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

export default {
  /** @param {{ model: any, el: HTMLElement }} view */
  async render(view) {
    const id = view.model.get("code");
    if (!loaded.has(id)) loaded.set(id, load(view.model.widget_manager, id));
    try {
      return (await loaded.get(id)).render(view);
    } catch (error) {
      loaded.delete(id);
      throw error;
    }
  },
};
