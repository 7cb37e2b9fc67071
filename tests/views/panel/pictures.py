"""Pictures for the panel's tests, and a person's hand that drops or pastes them."""

import base64
import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator

HAND = """(target, [event, name, type, text, address]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (name) data.items.add(new File([bytes], name, { type }));
  if (address) data.setData(event === "paste" ? "text/plain" : "text/uri-list", address);
  const facts = { bubbles: true, cancelable: true };
  target.dispatchEvent(event === "paste"
    ? new ClipboardEvent(event, { ...facts, clipboardData: data })
    : new DragEvent(event, { ...facts, dataTransfer: data }));
}"""


def noise(side_px: int, kind: str = "PNG") -> bytes:
    """Return a square picture of noise, the same each time: about 3 bytes a pixel as PNG."""
    pixels = np.random.default_rng(1).integers(0, 255, (side_px, side_px, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def thumbnail(width_px: int = 160, height_px: int = 90) -> str:
    """Return the data address of a small sunset."""
    fade = np.linspace(0, 1, height_px)[:, None, None] * np.ones((1, width_px, 1))
    pixels = (1 - fade) * np.array([52, 84, 140]) + fade * np.array([240, 160, 96])
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def dropped(target: Locator, name: str, data: bytes, kind: str = "image/png") -> None:
    """Drop a file."""
    target.evaluate(HAND, ["drop", name, kind, base64.b64encode(data).decode(), ""])


def pasted(
    target: Locator, name: str, data: bytes, kind: str = "image/png", words: str = ""
) -> None:
    """Paste a file, and words that lie on the clipboard beside it."""
    target.evaluate(HAND, ["paste", name, kind, base64.b64encode(data).decode(), words])


def dropped_address(target: Locator, address: str) -> None:
    """Drop an address, as when a picture is dragged out of a page."""
    target.evaluate(HAND, ["drop", "", "", "", address])
