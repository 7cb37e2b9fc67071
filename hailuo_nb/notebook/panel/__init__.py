"""The panel: the whole lab without typing code, joined to the session here."""
