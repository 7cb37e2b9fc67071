"""Looks after tasks whose kernel has gone: a process of its own, which never sends."""
