"""Errors whose message is one sentence for the person at the terminal."""

import sys
from collections.abc import Callable


class DigitpadError(Exception):
    """An expected failure; its message says what is wrong and what to do."""


class DatasetError(DigitpadError):
    """A data set is missing, cannot be fetched or is not what it should be."""


class RunError(DigitpadError):
    """A trained run is missing, cannot be read or does not fit what is asked of it."""


def exit_status(main: Callable[[], int]) -> int:
    """Run a command's main function; print an expected failure as one sentence and return 1."""
    try:
        return main()
    except DigitpadError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; what was finished before is kept", file=sys.stderr)
        return 130
