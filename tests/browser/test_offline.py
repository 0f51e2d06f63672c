"""What the browser keeps: second visits, and visits with the server stopped."""

import shutil

import pytest
from playwright.sync_api import expect


def test_a_second_visit_transfers_no_byte_of_model_or_library(open_page, log_server):
    first = open_page(log_server.url, kept=True).wait_until_kept()
    kept = first.kept_paths()
    assert {"/index.html", "/api/digitpad.js", "/manifest.webmanifest"} <= set(kept)
    assert not any(path.endswith(".png") for path in kept), "these are for installing it"
    first.page.close()
    sent = [path for path, _, size in log_server.log if size and path.startswith(("/model/", "/assets/"))]
    assert any(path.startswith("/model/") for path in sent)
    assert sorted(sent) == sorted(set(sent)), "the first visit fetches no file of the reader twice"
    log_server.log.clear()

    second = open_page(log_server.url, context=first.page.context).wait_until_kept()
    assert second.read(3) == "3"
    assert [entry for entry in log_server.log if entry[0] != "/sw.js"] == []


def test_a_second_visit_takes_its_files_from_the_cache_without_asking_the_service_worker(open_page, server):
    first = open_page(server.url, kept=True).wait_until_kept()
    first.page.close()
    second = open_page(server.url, context=first.page.context).wait_until_ready()
    sources = second.page.evaluate(
        """performance.getEntriesByType('resource').filter(({ name }) => /[/](assets|model)[/]/.test(name))
            .map(({ name, workerFinalSourceType }) => [name, workerFinalSourceType])"""
    )
    assert len(sources) >= 8
    assert [name for name, source in sources if source != "cache"] == []


def test_without_a_service_worker_the_http_cache_serves_the_second_visit(open_page, log_server):
    first = open_page(log_server.url).wait_until_ready()
    first.page.close()
    log_server.log.clear()

    second = open_page(log_server.url, context=first.page.context).wait_until_ready()
    expect(second.status).to_have_attribute("data-offline", "no")
    assert sum(sent for _, _, sent in log_server.log) == 0, log_server.log
    assert [path for path in log_server.paths() if path.startswith(("/model/", "/assets/"))] == []


def test_with_the_server_stopped_the_page_opens_reads_and_reloads(open_page, own_server):
    first = open_page(own_server.url, kept=True).wait_until_kept()
    own_server.stop()
    first.page.reload()
    assert first.wait_until_ready().read(9) == "9"
    first.page.close()

    second = open_page(own_server.url, context=first.page.context).wait_until_kept()
    assert (second.read(0), second.read(7)) == ("0", "7")


QUERIES = ["?", "?ref=mail", "?utm_source=x&fbclid=1", "index.html?v=2", "index.html?#top"]


@pytest.mark.slow
def test_with_the_server_stopped_it_opens_at_any_address_that_others_hand_on(open_page, own_server):
    """Mails, messengers and other sites add a query."""
    page = open_page(own_server.url + "?ref=mail", kept=True).wait_until_kept()
    own_server.stop()
    page.page.reload()
    assert page.wait_until_ready().read(3) == "3"
    for query in QUERIES:
        page.open(own_server.url + query)
        assert page.wait_until_ready().read(5) == "5", query
        assert page.page.url == own_server.url + query


@pytest.mark.slow
def test_two_sites_of_one_host_keep_their_files_apart(open_page, start_server, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    shutil.copytree(site, tmp_path / "site" / "sub")
    server = start_server(tmp_path / "site")
    inner = open_page(server.url + "sub/index.html", kept=True).wait_until_kept()
    outer = open_page(server.url, context=inner.page.context).wait_until_kept()
    assert len(outer.page.evaluate("async () => await caches.keys()")) == 2
    server.stop()
    inner.page.reload()
    inner.wait_until_ready()
