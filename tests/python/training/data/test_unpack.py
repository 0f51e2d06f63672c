"""training/data/unpack.py: .gz, .Z and plain content, whole and damaged."""

import gzip
import shutil
import subprocess

import numpy as np
import pytest

from tests.python.made_z import pack_z
from training.data.unpack import unpack
from training.errors import DatasetError

LONG = np.random.default_rng(0).integers(0, 256, 5000, np.uint8).tobytes()
CONTENTS = [b"a", b"267  333\n" * 40, LONG]


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_what_was_packed_comes_back(content):
    assert unpack(gzip.compress(content)) == content
    assert unpack(pack_z(content)) == content
    assert unpack(content) == content


@pytest.mark.skipif(shutil.which("gzip") is None, reason="there is no gzip, which reads .Z as well")
@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_gzip_reads_the_made_files_too(content):
    done = subprocess.run(["gzip", "-dc"], input=pack_z(content), capture_output=True, check=True)
    assert done.stdout == content


@pytest.mark.parametrize(
    "damaged",
    [
        gzip.compress(LONG)[:-9],
        gzip.compress(LONG)[:2000] + b"xx" + gzip.compress(LONG)[2002:],
        b"\x1f\x8b",
        b"\x1f\x9d",
        b"\x1f\x9d\x90" + b"\xff" * 50,
        b"\x1f\x9d\xff" + b"abc",
    ],
    ids=["cut gzip", "other gzip", "empty gzip", "empty Z", "Z with wrong codes", "Z with a wrong head"],
)
def test_damaged_content_is_refused(damaged):
    with pytest.raises(DatasetError, match="it is damaged"):
        unpack(damaged)
