"""The doors in a notebook: magics, verbs, completion, help, doctor and the panel."""
