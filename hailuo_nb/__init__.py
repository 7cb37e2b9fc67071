"""Video prompts in a notebook: one cell in, comparable clips out."""
