"""What is kept: the SQLite history, the clips with their sidecars, small posters.

The only writer of SQL and of the person's folders. It knows nothing of the service,
of threads that run tasks, or of notebooks.
"""
