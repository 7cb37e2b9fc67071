"""What is read in a process of its own: pictures and films, sound ones and crafted ones."""
