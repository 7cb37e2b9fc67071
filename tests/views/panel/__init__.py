"""The panel's two halves in a browser, with a fake model in the kernel's place."""
