"""What the browser keeps: second visits, and visits with the server stopped."""

import shutil

from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.serving import PLAIN_HTTP, serve_over_plain_http


def test_a_second_visit_transfers_no_byte_of_model_or_library(open_page, log_server):
    first = open_page(log_server.url).wait_until_ready().wait_until_offline_ready()
    assert any(path.startswith("/model/") for path in log_server.paths())
    first.page.close()
    log_server.log.clear()

    second = (
        open_page(log_server.url, context=first.page.context).wait_until_ready().wait_until_offline_ready()
    )
    second.draw(DIGITS[3])
    assert second.wait_until_read(1) == "3"
    assert [entry for entry in log_server.log if entry[0] != "/sw.js"] == []


def test_without_a_service_worker_the_http_cache_serves_the_second_visit(open_page, log_server):
    first = open_page(log_server.url, service_workers="block").wait_until_ready()
    first.page.close()
    log_server.log.clear()

    second = open_page(log_server.url, context=first.page.context).wait_until_ready()
    expect(second.status).to_have_attribute("data-offline", "no")
    assert sum(sent for _, _, sent in log_server.log) == 0, log_server.log
    assert [path for path in log_server.paths() if path.startswith(("/model/", "/assets/"))] == []


def test_the_first_visit_fetches_no_file_of_the_reader_twice(open_page, log_server):
    open_page(log_server.url).wait_until_ready().wait_until_offline_ready()
    sent = [path for path, _, size in log_server.log if size and path.startswith(("/model/", "/assets/"))]
    assert sorted(sent) == sorted(set(sent))


def test_what_is_kept_is_what_this_browser_asks_for(open_page, log_server):
    page = open_page(log_server.url).wait_until_ready().wait_until_offline_ready().page
    kept = page.evaluate("""async () => {
        const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
        return requests.map((request) => new URL(request.url).pathname);
    }""")
    assert {"/index.html", "/api/digitpad.js", "/manifest.webmanifest"} <= set(kept)
    assert any("cpuBackend" in path for path in kept), "WASM may be there and yet fail to start"
    [wasm] = [path for path in kept if path.endswith(".wasm")]
    assert "-simd-" in wasm


def test_with_the_server_stopped_the_page_opens_and_reads(open_page, own_server):
    first = open_page(own_server.url).wait_until_ready().wait_until_offline_ready()
    first.page.close()
    own_server.stop()

    second = open_page(own_server.url, context=first.page.context).wait_until_ready()
    expect(second.status).to_have_attribute("data-offline", "ready")
    for digit in (0, 7):
        second.draw(DIGITS[digit])
        assert second.wait_until_read(1) == str(digit)
        second.clear.click()


def test_with_the_server_stopped_a_reload_keeps_reading(open_page, own_server):
    page = open_page(own_server.url).wait_until_ready().wait_until_offline_ready()
    own_server.stop()
    page.page.reload()
    page.wait_until_ready()
    page.draw(DIGITS[9])
    assert page.wait_until_read(1) == "9"


def test_over_plain_http_the_page_reads_and_says_that_it_is_not_kept(open_page, site):
    page = open_page()
    serve_over_plain_http(page.page, site)
    page.open(PLAIN_HTTP).wait_until_ready()
    expect(page.status.locator(".offline")).to_have_text("Open it over https to keep it for offline use.")
    expect(page.status).to_have_attribute("data-offline", "no")
    page.draw(DIGITS[5])
    assert page.wait_until_read(len(DIGITS[5])) == "5"


def test_two_sites_of_one_host_keep_their_files_apart(open_page, start_server, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    shutil.copytree(site, tmp_path / "site" / "sub")
    server = start_server(tmp_path / "site")
    inner = open_page(server.url + "sub/index.html").wait_until_ready().wait_until_offline_ready()
    outer = open_page(server.url, context=inner.page.context).wait_until_ready().wait_until_offline_ready()
    kept = outer.page.evaluate("async () => await caches.keys()")
    assert len(kept) == 2
    server.stop()
    inner.page.reload()
    inner.wait_until_ready()
