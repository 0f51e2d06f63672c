"""Get the data sets and read them: MNIST, pen strokes, corrections."""
