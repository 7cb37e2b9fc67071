"""What can be measured of a clip: its camera, its motion, how steady and how sharp it is.

It knows frames, and what a prompt asks of the camera. It must not know tasks, the service or
the history, nor who shows what it finds. Nothing here is a grade: a frozen clip is steady.
"""
