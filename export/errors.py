"""The error with which an export refuses."""

from training.errors import DigitpadError


class ExportError(DigitpadError):
    """The model cannot be exported: its answers would differ, or the folder must not be replaced."""
