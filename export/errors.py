"""The error with which an export refuses."""

from training.errors import DigitpadError


class ExportError(DigitpadError):
    """An exported model is missing, damaged, or would not answer as the trained one does."""
