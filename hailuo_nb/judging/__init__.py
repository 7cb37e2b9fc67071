"""What blind votes say: which prompt is better, how sure that is, and which pair to show next.

It knows votes, names and numbers. It knows neither clips nor players, and keeps nothing.
"""
