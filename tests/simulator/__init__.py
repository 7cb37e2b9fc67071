"""Tests of the simulator, a stranger's service to the rest of the project."""
