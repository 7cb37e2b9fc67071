"""The gateway: a class on one key, on PostgreSQL and on SQLite alike."""
