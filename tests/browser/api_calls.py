"""Calls to api/digitpad.js from a page of a test."""

import base64

import numpy as np
from playwright.sync_api import Page

CLASSIFY = """async (text) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return Array.from(await recognizer.classify(Float32Array.from(bytes, (byte) => byte / 255)));
}"""


def import_api(page: Page) -> Page:
    """Import the module of the page's host and make a recognizer: globals `digitpad` and `recognizer`."""
    page.evaluate("import('/api/digitpad.js').then((module) => { globalThis.digitpad = module; })")
    page.evaluate("digitpad.createRecognizer().then((made) => { globalThis.recognizer = made; })")
    return page


def classify(page: Page, images: np.ndarray) -> np.ndarray:
    """n×28×28 bytes to n×10 probabilities, in the browser."""
    return np.array(page.evaluate(CLASSIFY, base64.b64encode(images.tobytes()).decode())).reshape(-1, 10)
