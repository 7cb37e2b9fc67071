"""The magic in a real kernel, without a browser."""
