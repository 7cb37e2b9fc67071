"""Tasks without a kernel: what a keeper takes up, and the process that it is."""
