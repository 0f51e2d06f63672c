"""training/recipe/split.py: MNIST divided, and drawn ink added to both sides."""

import numpy as np
import pytest

from tests.python.made_ink import write_unipen
from tests.python.tiny import tiny
from training.data.datasets import read_digits
from training.data.ink_digits import draw_digits, read_ink
from training.errors import RunError
from training.evaluate import accuracy, held_out_ink
from training.recipe.run_folder import load_run
from training.recipe.split import NOT_A_DIGIT, divide, with_ink
from training.train import train

TINY = tiny(epochs=2, ink_copies=3, nondigits=40)


@pytest.fixture(scope="module")
def ink(tmp_path_factory):
    return write_unipen(tmp_path_factory.mktemp("ink") / "made.tra", writers=10)


def test_drawn_ink_joins_the_training_images_and_other_writers_choose(made_data, ink):
    plain, strokes = divide(read_digits(made_data, "train"), TINY), read_ink(ink)
    split = with_ink(plain, strokes, TINY)
    assert split.drawn == 3 * len(strokes.training) == 180
    assert split.nondigits == 40
    assert len(split.training.labels) == 400 + 180 + 40
    assert (split.training.labels[:580] < NOT_A_DIGIT).all()
    assert (split.training.labels[580:] == NOT_A_DIGIT).all()
    assert split.nondigit_validation.shape == (10, 28, 28)
    seen = {image.tobytes() for image in split.training.images}
    assert not any(image.tobytes() in seen for image in split.nondigit_validation)
    assert not any(image.tobytes() in seen for image in split.validation.images)
    np.testing.assert_array_equal(split.training.images[:400], plain.training.images)
    assert split.validation is plain.validation
    np.testing.assert_array_equal(split.ink_validation.images, draw_digits(strokes.validation).images)


def test_a_run_with_ink_says_so_and_can_only_be_resumed_with_it(made_data, ink, tmp_path):
    record = train(made_data, tmp_path, TINY, ink=ink)
    assert [record["split"][part] for part in ("training", "drawn", "nondigits")] == [400, 180, 40]
    assert 0 < record["sure_enough"] < 1
    assert set(record["refused"]) == {"validation", "ink_validation", "nondigit_validation"}
    assert list(record["data"]["ink"]) == ["pendigits-orig.tra"]
    assert 0 <= record["accuracy"]["ink_validation"] <= 1
    assert 0 <= record["accuracy"]["ink_test"] <= 1
    assert [entry["ink_accuracy"] is None for entry in record["history"]] == [False, False]
    with pytest.raises(RunError, match="the data"):
        train(made_data, tmp_path, TINY, resume=True)
    model, _ = load_run(tmp_path)
    for part in ("validation", "test"):
        assert accuracy(model, held_out_ink(record, ink, part)) == record["accuracy"][f"ink_{part}"]
    with pytest.raises(RunError, match="the pen strokes differ"):
        held_out_ink(record, None, "test")


def test_a_run_without_ink_has_no_writers_to_measure(finished):
    with pytest.raises(RunError, match="learnt no pen strokes"):
        held_out_ink(finished[1], None, "test")
