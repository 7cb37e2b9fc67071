"""The desk: what a person thinks of the clips on a page, kept while a kernel lives."""
