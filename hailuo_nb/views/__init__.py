"""What a person sees: the live card, the settled card, and the HTML that is saved.

Views know snapshots from `hailuo_nb.core` and turn them into things on screen. They
know neither the network nor the disk nor who runs the task; whatever they need of
those is handed in. Importing this package loads no widget library.
"""
