"""The description of the model that ships follows from its files and the record of its training."""

from export.data_sets import learnt_sets
from export.describe import describe
from training.network.shipped import FOLDER, load_shipped

RECORD = {
    "data": {"ink": None, "unipen": {"train": "2"}},
    "split": {"training": 700, "drawn": {"pendigits": 60, "unipen": 30, "characters": 20, "nondigits": 9}},
}


def test_the_shipped_description_is_that_of_its_files_and_its_training():
    _, shipped, record = load_shipped()
    measured = [shipped[key] for key in ("quantization", "parameters", "accuracy", "verification")]
    assert describe(FOLDER, *measured, record) | {"replay": shipped["replay"]} == shipped
    assert shipped["sure_enough"] == record["sure_enough"]


def test_a_description_names_the_data_sets_that_were_learnt_with_their_licences():
    sets = {each["name"]: each for each in learnt_sets(RECORD)}
    assert {name: each["images"] for name, each in sets.items()} == {"mnist": 700, "unipen": 50}
    assert sets["unipen"]["licence"] == "CC BY 4.0"
    everything = RECORD | {"data": {"ink": {"pendigits-orig.tra": "1"}, "unipen": {"train": "2"}}}
    assert [each["images"] for each in learnt_sets(everything)] == [700, 60, 50]
    alone = {"split": {"training": 8}, "data": {}}
    assert [each["name"] for each in learnt_sets(alone)] == ["mnist"]
