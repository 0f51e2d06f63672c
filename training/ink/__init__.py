"""Pen strokes: vary them, draw them as the page does, and make strokes that are no digit."""
