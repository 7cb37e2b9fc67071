"""From a cell's text to tasks: what puts the other rooms together."""
