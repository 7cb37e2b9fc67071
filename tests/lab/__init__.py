"""Whole notebooks in a real JupyterLab, seen through a real browser."""
