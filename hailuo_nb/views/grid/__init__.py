"""An experiment on the page: the same tiles in rows and columns."""
