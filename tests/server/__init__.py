"""The part of us in a Jupyter Server."""
