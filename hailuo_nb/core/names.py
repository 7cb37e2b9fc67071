"""Names that several rooms share and that must cost nothing to import."""

SIMULATOR = "simulator"
"""The service's name for the built-in simulator, whatever its port."""

FOLDER = "hailuo_videos"
"""The visible folder beside the notebook; servers do not serve dot-folders."""
