"""What tests of pictures share: choose files, say what the results say, read by the API."""

import base64
import codecs
import csv
import io
import re

from playwright.sync_api import expect

# What each result says, in the order of the files.
CARDS = """cards => cards.map((card) => ({
    prediction: card.dataset.prediction ?? null, error: card.dataset.error ?? null,
    confidence: Number(card.dataset.confidence), name: card.querySelector('.name').textContent }))"""

READ = """async (texts) => {
    const found = [];
    for (const text of texts) {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        found.push(await recognizer.readImage(new Blob([bytes]))
            .catch((error) => ({ error: `${error.name}: ${error.message}` })));
    }
    return found;
}"""

SENTENCE = re.compile(r"^[A-Z][^\n]{10,160}\.$")


def choose(page, *files):
    """Choose files as (name, content); return what the results say when all are read."""
    page.page.get_by_test_id("upload").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    return cards(page, len(files))


def cards(page, count):
    results = page.page.get_by_test_id("upload-result")
    expect(results).to_have_count(count, timeout=120_000)
    return results.evaluate_all(CARDS)


def read_all(api, contents):
    """Read pictures by the API, one after the other."""
    return api.evaluate(READ, [base64.b64encode(content).decode() for content in contents])


def saved(page):
    """Save the results, and return the rows of the table."""
    content = saved_file(page, "save-results")
    assert content.startswith(codecs.BOM_UTF8)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def saved_file(page, button):
    """Return what a button of the results saves."""
    with page.page.expect_download() as download:
        page.page.get_by_test_id(button).click()
    return download.value.path().read_bytes()


def digits_of(page):
    return page.get_by_test_id("picture").get_by_test_id("picture-digit")
