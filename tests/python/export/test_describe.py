"""The description of the model that ships follows from its files and the record of its training."""

from export.describe import describe
from training.network.shipped import FOLDER, load_shipped


def test_the_shipped_description_is_that_of_its_files_and_its_training():
    _, shipped, record = load_shipped()
    measured = [shipped[key] for key in ("quantization", "parameters", "accuracy", "verification")]
    assert describe(FOLDER, *measured, record) | {"replay": shipped["replay"]} == shipped
    assert shipped["sure_enough"] == record["sure_enough"]
