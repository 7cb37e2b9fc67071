"""The pure part: models, options, prompts, prices, states and polling.

Standard library only, no network, no files, no clock, no notebook.
"""
