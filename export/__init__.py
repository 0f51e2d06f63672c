"""Turn the trained network into the TF.js layers model that the page loads."""

import os

# The converter imports Decision Forests, whose welcome message needs IPython wherever stdout is no terminal.
os.environ.setdefault("TFDF_DISABLE_WELCOME_MESSAGE", "1")
