"""Clips side by side in one player, in the notebook and as a page of its own."""
