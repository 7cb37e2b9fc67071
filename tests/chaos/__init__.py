"""Kernels and keepers killed at every step of the way, brought back, and judged from outside."""
