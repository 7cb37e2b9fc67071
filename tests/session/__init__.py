"""Whole tasks in this process, against the simulator over HTTP."""
