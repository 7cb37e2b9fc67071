"""Tests of what is kept, on real SQLite files, real folders and real clips."""
