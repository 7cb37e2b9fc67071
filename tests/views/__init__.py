"""The cards: their words and markup, their behaviour in a browser, their look."""
