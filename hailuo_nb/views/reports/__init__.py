"""What verbs print: history, budget, camera commands, plans."""
