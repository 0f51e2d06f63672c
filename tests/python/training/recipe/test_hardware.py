"""training/recipe/hardware.py: what the record says about the machine, and when it computes in bfloat16."""

import json
import os

import pytest

from training.recipe import hardware as module
from training.recipe.hardware import computes_bfloat16, hardware


@pytest.fixture
def processor(tmp_path, monkeypatch):
    """Let the machine have a processor with these flags, and these accelerators."""

    def pretend(flags, accelerators=()):
        information = tmp_path / "cpuinfo"
        information.write_text(
            f"processor\t: 0\nmodel name\t: Made Up 9000\nflags\t\t: {flags}\n\nprocessor\t: 1\n"
        )
        monkeypatch.setattr(module, "CPU_INFORMATION", information)
        monkeypatch.setattr(module, "accelerators", lambda: list(accelerators))

    return pretend


def test_hardware_names_the_kind_of_machine_and_not_the_machine():
    found = hardware()
    assert found["processor"] and found["cores"] >= 1
    assert isinstance(found["accelerators"], list)
    assert os.uname().nodename not in json.dumps(found)


@pytest.mark.parametrize(
    ("flags", "expected"), [("fpu avx512_bf16 sse", True), ("fpu avx2", False), ("", False)]
)
def test_bfloat16_is_for_processors_that_have_it(processor, flags, expected):
    processor(flags)
    assert computes_bfloat16() is expected
    assert hardware()["processor"] == "Made Up 9000"


def test_other_machines_compute_in_their_own_formats(processor, tmp_path, monkeypatch):
    processor("avx512_bf16", accelerators=["Some GPU"])
    assert not computes_bfloat16()
    assert hardware()["accelerators"] == ["Some GPU"]
    monkeypatch.setattr(module, "CPU_INFORMATION", tmp_path / "none")  # a machine without /proc
    assert hardware()["processor"]
    assert not computes_bfloat16()
