"""How pictures come to the page: pasted, dropped, shared, opened by the system, many at once."""

import base64
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.pictures.choosing import cards, choose


def test_pictures_are_pasted(ready_page):
    content = base64.b64encode(encode(drawn_one())).decode()
    paste = """(text) => {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }"""
    ready_page.page.evaluate(paste, content)
    assert [(card["name"], card["prediction"]) for card in cards(ready_page, 1)] == [("pasted.png", "1")]


def drag(page, kind, *paths, x=300, y=300):
    """Move files over the window as the system does."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    page.devtools.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})


def test_where_to_drop_is_shown_while_files_are_dragged_and_never_stays(ready_page, tmp_path):
    path = tmp_path / "one.png"
    path.write_bytes(encode(drawn_one()))
    target = ready_page.page.get_by_test_id("drop-target")

    def drag_in():
        drag(ready_page, "dragEnter", path)
        for step in range(200):  # until the part of the page that shows it has come
            drag(ready_page, "dragOver", path, x=300 + step)
            if target.count():
                break
            ready_page.page.wait_for_timeout(50)
        expect(target).to_have_text("Drop pictures to read them")
        size = ready_page.page.viewport_size
        assert target.bounding_box() == {"x": 0, "y": 0, **size}

    drag_in()
    for place in range(20, 800, 60):  # over all that lies below
        drag(ready_page, "dragOver", path, x=place, y=place)
        assert target.count() == 1
    # The DevTools protocol has no way out of the window, so this one event is made.
    target.evaluate("target => target.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))")
    expect(target).to_have_count(0)
    drag_in()
    ready_page.page.mouse.move(10, 10)  # the browser said nothing of the end
    expect(target).to_have_count(0)
    drag_in()
    drag(ready_page, "drop", path)
    expect(target).to_have_count(0)
    assert [(card["name"], card["prediction"]) for card in cards(ready_page, 1)] == [("one.png", "1")]
    drag_in()  # over the open results too
    drag(ready_page, "drop", path)
    cards(ready_page, 2)
    expect(target).to_have_count(0)


def test_of_a_dropped_folder_the_pictures_are_read_or_the_page_says_that_there_is_none(ready_page, tmp_path):
    folder, empty = tmp_path / "scans", tmp_path / "letters"
    (folder / "more").mkdir(parents=True)
    empty.mkdir()
    for name in ("10.png", "9.png", "more/1.PNG"):
        (folder / name).write_bytes(encode(drawn_one()))
    for path in (folder / "notes.txt", folder / ".DS_Store", empty / "letter.txt"):
        path.write_text("no picture")
    single = tmp_path / "single.png"
    single.write_bytes(encode(drawn_one()))
    drag(ready_page, "dragEnter", folder, empty, single)
    drag(ready_page, "dragOver", folder, empty, single)
    drag(ready_page, "drop", folder, empty, single)
    said = cards(ready_page, 5)
    assert [card["name"] for card in said] == ["9.png", "10.png", "1.PNG", "letters", "single.png"]
    assert said[3]["error"] == "There is no picture in this folder."
    assert [card["prediction"] for card in said] == ["1", "1", "1", None, "1"]


SHARE = """<form method="post" enctype="multipart/form-data" action="{url}share">
    <input name="pictures" type="file" multiple><button>Share</button></form>"""


@pytest.mark.parametrize("folder", [pytest.param("", marks=pytest.mark.slow), "deep/folder/"])
def test_pictures_that_another_application_shares_are_read_once(
    open_page, plain_host, site, tmp_path, folder
):
    (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site, tmp_path / "host" / folder)
    url = plain_host(tmp_path / "host").url + folder
    page = open_page(url, kept=True).wait_until_kept()
    errors = page.record_messages()
    page.page.goto("about:blank")
    page.page.set_content(SHARE.format(url=url))
    files = [("счёт.png", encode(drawn_one())), ("second.png", encode(drawn_one()))]
    page.page.locator("input").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files]
    )
    page.page.get_by_role("button", name="Share").click()
    said = cards(page, 2)
    assert [(card["name"], card["prediction"]) for card in said] == [("счёт.png", "1"), ("second.png", "1")]
    assert page.page.url == url
    assert not any("share" in name for name in page.page.evaluate("caches.keys()"))
    page.page.reload()
    page.wait_until_ready()
    assert not page.page.get_by_test_id("upload-result").count()
    assert errors == []


def test_a_file_with_which_the_system_opens_the_page_is_read(open_page, server):
    # What Chromium gives an installed page; only the system can start it so.
    content = base64.b64encode(encode(drawn_one())).decode()
    script = f"""const bytes = Uint8Array.from(atob('{content}'), (character) => character.charCodeAt(0));
        const file = new File([bytes], 'opened.png', {{ type: 'image/png' }});
        const setConsumer = (consumer) => consumer({{ files: [{{ getFile: async () => file }}] }});
        Object.defineProperty(globalThis, 'launchQueue', {{ value: {{ setConsumer }} }});"""
    page = open_page(server.url, script=script)
    assert [(card["name"], card["prediction"]) for card in cards(page, 1)] == [("opened.png", "1")]


@pytest.mark.parametrize("count", [50, pytest.param(500, marks=pytest.mark.slow)])
def test_many_files_are_read_one_after_the_other(ready_page, count):
    pictures = [encode(drawn_one(size=(60 + i, 120))) for i in range(20)]
    said = choose(ready_page, *((f"{i}.png", pictures[i % 20] if i % 25 else b"") for i in range(count)))
    assert [card["name"] for card in said] == [f"{i}.png" for i in range(count)]
    assert all((card["prediction"] == "1") == (i % 25 > 0) for i, card in enumerate(said))


def test_a_file_that_vanishes_is_reported_and_the_next_is_read(ready_page, tmp_path):
    files = [tmp_path / name for name in ("gone.png", "here.png")]
    for path in files:
        path.write_bytes(encode(drawn_one()))
    upload = ready_page.page.get_by_test_id("upload")
    # Held back until the file is gone.
    upload.evaluate("""input => input.addEventListener('change', (event) => {
        event.stopImmediatePropagation();
        input.dataset.held = true;
    }, { capture: true, once: true })""")
    upload.set_input_files(files)
    expect(upload).to_have_attribute("data-held", "true")
    files[0].unlink()
    upload.evaluate("input => input.dispatchEvent(new Event('change'))")
    said = cards(ready_page, 2)
    assert said[0]["error"].startswith("I can't open this file; it may have been moved, changed or deleted")
    assert said[1]["prediction"] == "1"
