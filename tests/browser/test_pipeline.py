"""The whole pipeline on a tiny made data set: train, export, build the page, serve it, read with it."""

import numpy as np
import pytest

from tests.browser.api_calls import classify, import_api
from tests.browser.serving import SITE, build_site
from tests.python.made_digits import make_digits
from training.network.architectures import predict
from training.network.shipped import load_shipped


@pytest.mark.slow  # test_pipeline.py of export trains and exports too, without the page
def test_a_page_built_with_another_model_reads_as_keras_does(made_run, tmp_path, start_server, open_page):
    shipped = (SITE / "sw.js").read_bytes()
    server = start_server(build_site(made_run.model, tmp_path / "site"))
    assert (SITE / "sw.js").read_bytes() == shipped, "the page that ships is left alone"
    page = open_page(server.url, kept=True).wait_until_kept().page
    images, labels = make_digits(200, seed=5)
    in_browser = classify(import_api(page), images)
    in_keras = predict(load_shipped(made_run.model).model, images)
    assert np.abs(in_browser - in_keras).max() <= 1e-3
    assert (in_browser.argmax(1) == labels).mean() > 0.9
