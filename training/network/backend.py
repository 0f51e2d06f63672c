"""TensorFlow and Keras 2, imported without the warnings that TensorFlow prints while it starts.

Every module of `training` and `export` takes `tf` and `keras` from here, so that the import happens once and
quietly.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_import() -> Iterator[None]:
    """Hold back what C++ code writes to the terminal while a library loads; show it if the import fails.

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


# oneDNN's kernels, which TensorFlow takes by itself on the newest processors alone: they halve the time of a
# training step of wide networks on older ones too.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

with quiet_import():
    import tensorflow as tf
    import tf_keras as keras

# Keras logs a warning when it saves a model that was never compiled, which is how this one is trained.
tf.get_logger().setLevel("ERROR")

__all__ = ["keras", "quiet_import", "tf"]
