"""Train the digit network: data sets, augmentation, network, training, evaluation."""

import os

# The exported model must be written by Keras 2: TF.js 4.22 cannot load the layers JSON of Keras 3
# (tensorflow/tfjs#8328). Both variables are read when TensorFlow is imported, so they are set before.
os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
