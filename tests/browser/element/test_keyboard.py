"""The value line of `<digit-pad>`: typed, corrected and heard, beside ink that is written."""

import pytest
from playwright.sync_api import expect

from tests.browser.element.test_accessible import names

STATE = "[pad.value, pad.ink.length]"


@pytest.fixture
def pad(host):
    host.mount('<digit-pad name="code"></digit-pad>')
    return host.ready()


def test_digits_are_typed_and_all_else_is_refused(pad):
    line = pad.part("value")
    line.press("1")
    pad.press("a", "Space", "-")
    pad.page.keyboard.insert_text("٣")
    pad.press("ArrowLeft", "2")
    pad.wait_for_value("123")
    pad.press("Backspace", "Delete")
    assert pad.value() == "1"
    pad.press("Control+a", "Backspace")
    assert pad.value() == ""
    values = [value for _, _, value in pad.heard("input")]
    assert values == ["1", "13", "123", "13", "1", ""]
    assert pad.heard("change") == []
    pad.press("7", "Tab", "Tab", "Tab")
    assert [value for _, _, value in pad.heard("change")] == ["7"]


def test_what_is_pasted_or_filled_in_is_taken_by_its_digits(pad):
    pad.part("value").evaluate("""line => {
        line.focus();
        document.execCommand('insertText', false, 'a4-5');
    }""")
    assert pad.value() == "45"
    pad.part("value").fill("6 7x")
    assert pad.value() == "67"
    assert [value for _, _, value in pad.heard("input")] == ["45", "67"]


def test_deleting_a_read_digit_removes_its_ink_and_undo_brings_it_back(pad):
    pad.write(4, 7)  # three strokes
    pad.part("value").press("Home")
    pad.press("Delete")
    pad.wait_for_value("7")
    assert pad.get("pad.ink.length") == 1
    pad.press("Control+z")
    pad.wait_for_value("47")
    pad.press("Control+Shift+z")
    pad.wait_for_value("7")
    pad.press("End", "Backspace")
    pad.wait_for_value("")
    assert pad.get(STATE) == ["", 0]


def test_several_digits_are_deleted_faster_than_they_are_read(pad):
    pad.write(1, 7, 3)
    found = pad.part("value").evaluate("""line => {
        line.focus();
        line.setSelectionRange(3, 3);
        const values = [];
        for (let i = 0; i < 2; i++) {
            document.execCommand('delete');
            values.push([line.value, line.getRootNode().host.ink.length]);
        }
        return values;
    }""")
    assert found == [["17", 2], ["1", 1]]


def test_typing_over_a_read_digit_corrects_it_for_as_long_as_its_ink_stays(pad):
    pad.write(1)
    pad.part("value").press("End")
    pad.press("Shift+ArrowLeft", "7")
    assert pad.get(STATE) == ["7", 1]
    pad.draw(3, x=0.8, size=0.6)
    pad.wait_for_value("73")
    assert pad.get("pad.readAgain()") is None
    pad.part("undo").click()
    pad.wait_for_value("7")
    pad.part("undo").click()
    pad.wait_for_value("1")
    assert pad.get(STATE) == ["1", 1]


def test_any_other_edit_makes_typed_text_behind_which_writing_goes_on(pad):
    pad.write(4)
    pad.part("value").press("End")
    pad.press("5")
    assert pad.get(STATE) == ["45", 0]
    pad.draw(7)
    pad.wait_for_value("457")
    pad.part("value").press("Home")
    pad.press("Delete")  # only typed text: the ink stays
    assert pad.get(STATE) == ["57", 1]
    pad.part("clear").click()
    assert pad.get(STATE) == ["", 0]
    pad.part("undo").click()
    pad.wait_for_value("57")


def test_after_writing_the_keys_go_to_the_value(pad):
    pad.write(4)
    assert pad.get("pad.matches(':focus') && pad.shadowRoot.activeElement.part.value") == "sheet"
    pad.press("2")
    assert pad.value() == "42"
    pad.press("Backspace", "Backspace")
    assert pad.value() == ""
    pad.press("Control+z", "ArrowLeft")
    expect(pad.part("value")).to_be_focused()
    pad.wait_for_value("4")


def test_a_screen_reader_has_a_name_a_hint_and_hears_what_is_read(host):
    host.mount("<label>Year <digit-pad required></digit-pad></label>")
    host.ready()
    assert names(host) == [
        ("group", ""),
        ("group", "Sheet: write digits"),
        ("textbox", "Year"),
        ("button", "Undo"),
        ("button", "Clear"),
    ]
    line = host.part("value")
    expect(line).to_have_accessible_description("Write digits, or type them.")
    expect(line).to_have_attribute("aria-required", "true")
    host.write(2, 0)
    expect(host.pad().locator("[role=status]")).to_have_text("2 0")
    host.part("clear").click()
    expect(host.pad().locator("[role=status]")).to_have_text("Cleared.")
