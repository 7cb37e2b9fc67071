"""The first lesson in every host and version of one."""
