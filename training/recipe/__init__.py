"""How a network is trained: settings, what it learns from, steps, checkpoints, the record of a run."""
