"""Blind votes: two clips at a time, and what all votes say, each with its front end beside it."""
