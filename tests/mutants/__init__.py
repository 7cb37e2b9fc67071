"""Changes that break a promise, and the tests that must notice."""
