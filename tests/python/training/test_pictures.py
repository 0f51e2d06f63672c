"""training/pictures.py: pictures of all kinds show the network the digit; other files get a sentence."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.python.made_digits import make_digits
from training.bitmap import read_levels
from training.datasets import read_digits, split_validation
from training.network import predict
from training.pictures import WORKING_PIXELS, PictureError, read_grey
from training.shipped import load_shipped

COUNT = 30
LEAST = 0.95  # of the digits that the network reads as they are; a picture loses a few of their pixels
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def model():
    return load_shipped().model


@pytest.fixture(scope="module")
def read(model):
    """Read a picture file as the page does, at a threshold that any likeliest digit passes."""

    def read_file(path):
        return read_levels(read_grey(path), lambda images: predict(model, images).numpy(), 0.1)

    return read_file


@pytest.fixture(scope="module")
def digits(mnist, model):
    """Validation digits (n×28×28) that the shipped model reads right, and their labels."""
    images, labels = read_digits(mnist, "train")
    _, chosen = split_validation(labels, 5000, 0)
    images, labels = images[chosen[:COUNT]], labels[chosen[:COUNT]]
    right = predict(model, images).numpy().argmax(1) == labels
    return images[right], labels[right]


def on_paper(digit, side=300, paper=235, ink=40):
    """Return the digit (28×28, white on black) as grey levels on a page, off its middle."""
    large = Image.fromarray(digit).resize((side // 2, side // 2), Image.Resampling.BICUBIC)
    page = np.zeros((side, side))
    page[side // 5 : side // 5 + side // 2, side // 3 : side // 3 + side // 2] = np.asarray(large) / 255
    return paper + page * (ink - paper)


def grey(levels):
    return Image.fromarray(np.clip(np.round(levels), 0, 255).astype(np.uint8))


def dark_on_light(digit):
    return grey(on_paper(digit))


def light_on_dark(digit):
    return grey(on_paper(digit, paper=20, ink=230))


def faint(digit):
    return grey(on_paper(digit, paper=200, ink=130))


def uneven_light(digit):
    rows, columns = np.indices((300, 300)) / 300
    grain = RNG.normal(0, 4, (300, 300))
    return grey(on_paper(digit) * (1 - 0.35 * columns - 0.15 * rows) + grain)


def blue_pen(digit):
    share = (235 - on_paper(digit)[..., None]) / 195
    return Image.fromarray(
        (np.array([245, 240, 230]) * (1 - share) + np.array([30, 50, 160]) * share).astype(np.uint8)
    )


def transparent(digit):
    """Black ink on nothing at all, as drawing programs save it."""
    share = np.round((235 - on_paper(digit)) / 195 * 255).astype(np.uint8)
    return Image.fromarray(np.stack([np.zeros_like(share)] * 3 + [share], axis=-1), "RGBA")


def palette(digit):
    return dark_on_light(digit).convert("P")


def one_bit(digit):
    return dark_on_light(digit).convert("1", dither=Image.Dither.NONE)


def sixteen_bit(digit):
    return Image.fromarray((on_paper(digit) * 257).astype(np.uint16))


def wide(digit):
    page = np.full((300, 2400), 235.0)
    page[:, 1700:2000] = on_paper(digit)
    return grey(page)


def as_mnist(digit):
    return Image.fromarray(digit)


def as_mnist_inverted(digit):
    return Image.fromarray(255 - digit)


KINDS = [
    dark_on_light,
    light_on_dark,
    faint,
    uneven_light,
    blue_pen,
    transparent,
    palette,
    one_bit,
    sixteen_bit,
    wide,
    as_mnist,
    as_mnist_inverted,
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_digits_are_read_from_pictures(digits, read, tmp_path, kind):
    images, labels = digits
    answers = []
    for number, image in enumerate(images):
        kind(image).save(tmp_path / f"{number}.png")
        answers.append(read(tmp_path / f"{number}.png").text)
    assert np.mean(np.array(answers) == labels.astype(str)) >= LEAST


def test_digits_are_read_from_photos_that_the_camera_turned(digits, read, tmp_path):
    images, labels = digits
    answers = []
    for image in images:
        exif = Image.Exif()
        exif[0x0112] = 6  # orientation: the camera was turned, show it a quarter clockwise
        uneven_light(image).rotate(90).save(tmp_path / "photo.jpg", exif=exif, quality=85)
        answers.append(read(tmp_path / "photo.jpg").text)
    assert np.mean(np.array(answers) == labels.astype(str)) >= LEAST


def test_digits_that_broke_into_pieces_are_read_as_one(digits, read, tmp_path):
    """Two bands across each digit are paper: of a 1, say, pieces are left that are digits themselves."""
    answers = []
    for image in digits[0]:
        rows = np.flatnonzero(image.any(axis=1))
        top, height = rows[0], len(rows)
        page = on_paper(image)
        for share in (0.3, 0.6):
            start, band = (300 / 56 * length for length in (top + share * height, 0.05 * height))
            page[60 + int(start) : 60 + int(start + band)] = 235
        grey(page).save(tmp_path / "broken.png")
        answers.append(read(tmp_path / "broken.png").text)
    assert np.mean(np.array(answers) == digits[1].astype(str)) > 0.6


def test_an_image_as_mnist_has_them_is_left_as_it_is(read, tmp_path):
    image = make_digits(1)[0][0]
    Image.fromarray(image).save(tmp_path / "digit.png")
    [[digit]] = read(tmp_path / "digit.png").lines
    np.testing.assert_array_equal(digit.image, image)
    assert digit.box == (0, 0, 28, 28)


def test_light_ink_on_a_transparent_ground_shows_on_black(tmp_path):
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 18:22] = 255
    Image.fromarray(pixels, "RGBA").save(tmp_path / "light.png")
    np.testing.assert_array_equal(read_grey(tmp_path / "light.png"), pixels[..., 3])


@pytest.mark.parametrize("size", [(1, 1), (1, 60), (60, 1), (2, 2), (3, 400)])
def test_tiny_and_narrow_pictures_are_read_or_called_blank(read, tmp_path, size):
    grey(RNG.uniform(0, 255, size)).save(tmp_path / "narrow.png")
    reading = read(tmp_path / "narrow.png")
    assert (reading.text == "") == (reading.nothing in ("blank", "no-digit"))


def test_blank_pictures_are_called_blank(read, tmp_path):
    rows, columns = np.indices((100, 100))
    for levels in (np.full((100, 100), 255.0), np.zeros((28, 28)), 200.0 - rows - 0.3 * columns):
        grey(levels).save(tmp_path / "blank.png")
        assert read(tmp_path / "blank.png").nothing == "blank"


def test_a_large_photo_is_reduced(digits, read, tmp_path):
    large = dark_on_light(digits[0][0]).resize((6000, 6000))
    large.save(tmp_path / "large.jpg")
    assert read_grey(tmp_path / "large.jpg").size <= 1.01 * WORKING_PIXELS
    assert read(tmp_path / "large.jpg").text == str(digits[1][0])


def make_missing(path):
    pass


def make_folder(path):
    path.mkdir()


def make_empty(path):
    path.touch()


def make_text(path):
    path.write_text("a 7, in words")


def make_script(path):
    """PostScript, which Pillow would hand to another program."""
    path.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n")


def make_cut(path):
    grey(RNG.uniform(0, 255, (200, 200))).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:9000])


def make_cut_png(path):
    grey(RNG.uniform(0, 255, (200, 200))).save(path, "PNG")
    path.write_bytes(path.read_bytes()[:9000])


def make_huge(path, width=60_000, height=60_000):
    """A small file that claims to be very large."""
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT")
    )


def chunk(content):
    """Return a chunk of a PNG file: length, type and data, checksum."""
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def make_large(path):
    make_huge(path, 10_000, 6_000)


def make_clear(path):
    Image.new("RGBA", (100, 100)).save(path, "PNG")


OTHER_FILES = {
    make_missing: "does not exist",
    make_folder: "is not a file",
    make_empty: "is empty",
    make_text: "is no picture that can be read",
    make_script: "is no picture that can be read",
    make_cut: "cannot be read: image file is truncated",
    make_cut_png: "cannot be read: ",
    make_huge: "is too large",
    make_large: "is too large: 10,000×6,000 pixels",
    make_clear: "is fully transparent",
}


@pytest.mark.parametrize(
    ("make", "sentence"), OTHER_FILES.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_other_files_are_refused_in_one_sentence(tmp_path, make, sentence):
    path = tmp_path / "picture.png"
    make(path)
    with pytest.raises(PictureError) as refusal:
        read_grey(path)
    assert str(refusal.value).startswith(f"{path} {sentence}")
    assert "\n" not in str(refusal.value)


def test_a_name_that_is_too_long_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(PictureError, match=r"cannot be read: .*name too long"):
        read_grey(tmp_path / ("7" * 300 + ".png"))
