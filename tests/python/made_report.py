"""A small report made by code: data, a record, networks to compare, and how the tests read the page."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

from tests.python.made_digits import write_idx
from tests.python.made_ink import write_unipen
from training.data.datasets import checksums, find_mnist
from training.data.ink_digits import find_ink, ink_checksum
from training.network.shipped import FOLDER, RECORD
from training.report.__main__ import report

NONDIGITS = 60
SURE_ENOUGH = 0.9
WITH_MARKUP = "<script>alert('7')</script>"
VOID = {"meta", "img", "br", "link", "hr"}


class Page(HTMLParser):
    """What the tests ask of a page: its elements and texts; it has to be well nested."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag, **wanted):
        return [own for name, own in self.elements if name == tag and wanted.items() <= own.items()]

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def history(epochs):
    keys = ("epoch", "loss", "validation_loss", "validation_accuracy", "ink_accuracy")
    rows = [(n, 1 / n, 0.1 / n, 1 - 0.05 / n, {"pendigits": 0.98}) for n in range(1, epochs + 1)]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def network(name, cost, **more):
    costs = {"parameters": 1000 * cost, "bytes": 1200 * cost, "milliseconds": 0.1 * cost}
    return {
        "name": name,
        **costs,
        "mnist_accuracy": 0.99,
        "ink_accuracy": 0.98,
        "unipen_accuracy": 0.97,
        **more,
    }


def make_inputs(folder: Path) -> SimpleNamespace:
    """Write a small data set, and the shipped model with a record that says it was trained on it."""
    data = write_idx(folder / "data", train=300, test=80)
    write_unipen(data / "pendigits" / "pendigits-orig.tra", writers=10)
    found, ink = find_mnist(data), find_ink(data)
    model = shutil.copytree(FOLDER, folder / "model")
    description = json.loads((model / "description.json").read_text())
    description["sure_enough"] = SURE_ENOUGH
    (model / "description.json").write_text(json.dumps(description))
    record = {
        "settings": {"network": WITH_MARKUP, "distortion": {"rotation": 10.0}},
        "data": {"source": "local folder", "files": checksums(found), "ink": ink_checksum(ink)},
        "split": {"training": 200, "validation": 100, "test": 80, "seed": 0},
        "versions": {"python": "3.11"},
        "seconds": 90.0,
        "interrupted": False,
        "best_epoch": 3,
        "accuracy": {"validation": 0.9, "test": None},
        "history": history(3),
        "corrections": {
            "files": 5,
            "learnt": 40,
            "same_writers": {"kept_out": 9, "shipped": 4, "trained": 8},
            "other_writers": {"kept_out": 7, "trained": 6},
        },
        "teachers": [{"seed": 1001, "best_epoch": 2, "history": history(2)}] * 2,
    }
    (model / RECORD).write_text(json.dumps(record))
    networks = [network("small", 1), network("shipped", 3, shipped=True), network("large", 9)]
    frontier = folder / "frontier.json"
    frontier.write_text(json.dumps({"networks": [*networks, network("unmeasured", 9, ink_accuracy=None)]}))
    named = {"folder": folder, "data": data, "model": model, "frontier": frontier}
    return SimpleNamespace(found=found, ink=ink, record=record, **named)


def run(made, output, part="validation", **more):
    options = {"model": made.model, "data": made.data, "frontier": made.frontier, "nondigits": NONDIGITS}
    return report(output, part, **options | more)
