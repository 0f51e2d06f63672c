"""Numbers made of people's pen strokes, to fit and to measure how numbers are read."""
