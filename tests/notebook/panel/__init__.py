"""The panel's own side: what it answers, what it costs, what it keeps."""
