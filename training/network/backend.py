"""TensorFlow and Keras 2, imported without the warnings that TensorFlow prints while it starts.

All modules of `training` and `export` import `tf` and `keras` from here.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_import() -> Iterator[None]:
    """Hide what C++ code writes to the terminal while a library loads; show it if the import fails.

    TensorFlow reports missing GPU libraries before it has read TF_CPP_MIN_LOG_LEVEL, and it writes to the
    file descriptors, not to sys.stderr; so the descriptors themselves are redirected.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1), os.dup(2)
    with tempfile.TemporaryFile() as held:
        try:
            os.dup2(held.fileno(), 1)
            os.dup2(held.fileno(), 2)
            yield
        except BaseException:
            held.seek(0)
            os.write(saved[1], held.read())
            raise
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for descriptor, original in zip((1, 2), saved, strict=True):
                os.dup2(original, descriptor)
                os.close(original)


# Use oneDNN's kernels on older processors too: they halve the time of a training step of wide networks.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

with quiet_import():
    import tensorflow as tf
    import tf_keras as keras

# Keras would warn when it saves a model that was not compiled; this one is trained without compile().
tf.get_logger().setLevel("ERROR")

__all__ = ["keras", "quiet_import", "tf"]
