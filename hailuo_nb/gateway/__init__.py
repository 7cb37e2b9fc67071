"""A class on one key: a server that speaks the service's API to students who never hold it."""
