"""What becomes of tasks when the service, the disk or the kernel fails them."""
