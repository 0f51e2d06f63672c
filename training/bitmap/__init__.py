"""Pictures of digits, as the page reads them: the twin of webapp/src/bitmap/, in numpy."""

from training.bitmap.reading import PictureReading, ReadDigit, read_levels

__all__ = ["PictureReading", "ReadDigit", "read_levels"]
