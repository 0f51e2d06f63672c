"""Export the trained network for the page: `python -m export` (see --help)."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from export.convert import read_layers_model, write_layers_model
from export.describe import describe
from export.fold import fold
from export.publish import replacement
from export.quantize import choose_bits
from export.replay import learnt_digits, write_replay
from export.verify import verify_accuracy, verify_equal
from training.data.datasets import MnistFiles, find_mnist
from training.errors import exit_status
from training.evaluate import INK, accuracy, held_out, held_out_ink, learnt_ink
from training.files import RECORD, write_json
from training.network.shipped import DESCRIPTION
from training.network.shipped import FOLDER as SITE_MODEL
from training.recipe.run_folder import DEFAULT_FOLDER, load_run

QUANTIZATIONS = ("fewest", "uint16", "float16", "none")


def export(
    run: Path,
    site_model: Path,
    found: MnistFiles,
    quantization: str = "fewest",
    ink: Mapping[str, Path | None] = MappingProxyType({}),
) -> dict:
    """Export the trained run into the folder `site_model` and return the description.

    `ink` has the data sets of pen strokes that the run learnt from, by name (see training.evaluate.INK). The
    folder is replaced only after the new model is verified: an ExportError leaves it unchanged.
    """
    trained, record = load_run(run)
    sets = {part: held_out(record, found, part) for part in ("validation", "test")}
    learnt = learnt_digits(record, found, ink)
    folded = fold(trained)
    images = sets["test"].images
    verification = {
        "images": len(images),
        "folded_largest_difference": verify_equal("folded", folded, trained, images),
    }
    with tempfile.TemporaryDirectory() as temporary:
        write_layers_model(folded, Path(temporary))
        reloaded = read_layers_model(Path(temporary))
        verification["float32_largest_difference"] = verify_equal("reloaded", reloaded, trained, images)
    before = {part: accuracy(reloaded, digits) for part, digits in sets.items()}
    stored, kind = folded, quantization
    if quantization == "fewest":
        drawn = [held_out_ink(record, name, ink.get(name), "validation") for name in learnt_ink(record)]
        bits, stored = choose_bits(folded, learnt, [sets["validation"], *drawn])
        kind, quantization = "uint8", f"int{bits}"
    with replacement(site_model) as fresh:
        write_layers_model(stored, fresh, kind)
        quantized = read_layers_model(fresh)
        after = {part: accuracy(quantized, digits) for part, digits in sets.items()}
        # The test chooses nothing.
        verify_accuracy(before["validation"], after["validation"], quantization)
        accuracies = {
            part: {"float32": before[part], "quantized": after[part], "samples": len(digits.labels)}
            for part, digits in sets.items()
        }
        description = describe(fresh, quantization, folded.count_params(), accuracies, verification, record)
        description["replay"] = write_replay(fresh, quantized, learnt)
        write_json(fresh / DESCRIPTION, description)
        write_json(fresh / RECORD, record)  # how the weights were made
    return description


def main() -> int:
    """Fold, convert, quantise, verify and describe a trained run for the page."""
    parser = argparse.ArgumentParser(prog="python -m export", description=main.__doc__)
    add = parser.add_argument
    add("--run", type=Path, default=DEFAULT_FOLDER, help="folder of the run (default: %(default)s)")
    add("--site-model", type=Path, default=SITE_MODEL, help="folder to write (default: %(default)s)")
    add("--data", type=Path, help="folder of MNIST (default: DIGITPAD_DATA, else a download)")
    add("--quantize", choices=QUANTIZATIONS, default="fewest", help="of kernels (default: %(default)s bits)")
    options = parser.parse_args()
    _, record = load_run(options.run)  # before a download, in case it fails
    found = find_mnist(options.data)
    ink = {name: INK[name].find(options.data) for name in learnt_ink(record)}
    description = export(options.run, options.site_model, found, options.quantize, ink)
    size = sum(entry["bytes"] for entry in description["files"])
    files = len(description["files"])
    print(f"version {description['version']}: {files} files, {size:,} bytes in {options.site_model}")
    replay = description["replay"]
    print(f"{replay['samples']} digits to rehearse while the page learns: {replay['bytes']:,} bytes")
    for part, figures in description["accuracy"].items():
        print(
            f"{part}: {100 * figures['float32']:.2f}% float32, "
            f"{100 * figures['quantized']:.2f}% {description['quantization']}, of {figures['samples']:,}"
        )
    difference = description["verification"]["float32_largest_difference"]
    print(f"largest difference of a probability before quantising: {difference:.1g}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
