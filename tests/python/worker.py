"""Train a tiny network as one process of several: `python -m tests.python.worker '{…}'`.

The JSON says: data (a folder of made digits), run (the folder to write), settings (changes of the recipe),
resume, shards (folders), devices (that the processor poses as), interrupt (Ctrl-C after the first epoch).
"""

import json
import signal
import sys
from pathlib import Path

from tests.python.tiny import tiny
from training.data.datasets import find_mnist
from training.errors import exit_status
from training.network.backend import tf
from training.recipe import checkpoint, group, hardware, settings
from training.train import train


def main() -> int:
    """Train as the command line says."""
    options = json.loads(sys.argv[1])
    settings.TEACHER = "tiny"
    hardware.CPU_INFORMATION = Path("none")  # float32 alone, so that results can be compared
    if devices := options.get("devices"):
        processor = tf.config.list_physical_devices("CPU")[0]
        logical = [tf.config.LogicalDeviceConfiguration() for _ in range(devices)]
        tf.config.set_logical_device_configuration(processor, logical)
    if options.get("interrupt"):
        interrupt_after_first_epoch()
    joined = group.join()
    print(f"worker {joined.worker} of {joined.workers}, {joined.replicas} devices", flush=True)
    train(
        find_mnist(Path(options["data"])),
        Path(options["run"]),
        tiny(**options.get("settings", {})),
        options.get("resume", False),
        shards=[Path(folder) for folder in options.get("shards", [])],
        group=joined,
    )
    return 0


def interrupt_after_first_epoch() -> None:
    """Send a real Ctrl-C to this process once it has written a checkpoint."""
    save = checkpoint.save

    def save_and_interrupt(*arguments):
        save(*arguments)
        signal.raise_signal(signal.SIGINT)

    checkpoint.save = save_and_interrupt


if __name__ == "__main__":
    sys.exit(exit_status(main))
