"""The data sets that a model learnt from, for people: who made them and under which licence."""

from typing import NamedTuple


class DataSet(NamedTuple):
    """What a page must say of a data set that it builds on."""

    title: str
    authors: str
    licence: str
    address: str


DATA_SETS = {
    "mnist": DataSet(
        "MNIST",
        "Yann LeCun, Corinna Cortes, Christopher Burges",
        "CC BY-SA 3.0",
        "https://yann.lecun.com/exdb/mnist/",
    ),
    "pendigits": DataSet(
        "Pen-Based Recognition of Handwritten Digits",
        "Ethem Alpaydin, Fevzi Alimoglu",
        "CC BY 4.0",
        "https://archive.ics.uci.edu/dataset/81",
    ),
    "unipen": DataSet(
        "UNIPEN train_r01_v07",
        "International Unipen Foundation",
        "CC BY 4.0",
        "https://doi.org/10.5281/zenodo.1195803",
    ),
}


def learnt_sets(record: dict) -> list[dict]:
    """Return the data sets of a run's record, each with the number of images made of it."""
    split, data = record["split"], record["data"]
    drawn = split.get("drawn", {})
    images = {"mnist": split["training"]}
    if data.get("ink"):
        images["pendigits"] = drawn.get("pendigits", 0)
    if data.get("unipen"):
        images["unipen"] = drawn.get("unipen", 0) + drawn.get("characters", 0)
    return [{"name": name, **DATA_SETS[name]._asdict(), "images": count} for name, count in images.items()]
