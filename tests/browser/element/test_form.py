"""`<digit-pad>` as a control of a form, on a page of another origin."""

import pytest
from playwright.sync_api import expect

FORM = '<form><label>Code <digit-pad name="code" {more}></digit-pad></label><button>Send</button></form>'
DATA = "[...new FormData(pad.form)]"


def mount(host, more="", around=FORM):
    host.mount(around.format(more=more))
    return host.ready()


def test_what_is_written_is_in_the_form_and_events_are_those_of_an_input(host):
    mount(host)
    host.write(4, 7)
    assert host.get(DATA) == [["code", "47"]]
    assert host.heard("input")[-1] == ("input", "code", "47")
    assert host.heard("change") == []
    finals = [final for _, _, final in host.heard("reading")]
    assert finals[-1] is True
    assert False in finals  # while the pen was down
    host.page.get_by_role("button", name="Send").click()
    assert host.heard("change", "submit") == [("change", "code", "47"), ("submit", "", "")]


@pytest.mark.parametrize(
    ("more", "value", "flag", "message"),
    [
        ("required", "", "valueMissing", "Write digits, or type them."),
        ('digits="4"', "123", "tooShort", "Write 4 digits."),
        ('digits="4"', "12345", "tooLong", "Write 4 digits."),
        ('digits="1"', "12", "tooLong", "Write 1 digit."),
        ('min="2"', "1", "tooShort", "Write at least 2 digits."),
        ('max="2"', "123", "tooLong", "Write at most 2 digits."),
        ('min="2" max="4"', "123", None, ""),
        ('digits="4"', "", None, ""),
        ('digits="x" min="-1" max="1.5"', "1234", None, ""),
        ("required disabled", "", None, ""),
        ("required readonly", "", None, ""),
    ],
)
def test_validity(host, more, value, flag, message):
    mount(host, more)
    host.get(f"pad.value = {value!r}")
    flags = host.get("Object.keys(ValidityState.prototype).filter((name) => pad.validity[name])")
    assert flags == [flag or "valid"]
    assert host.get("[pad.validationMessage, pad.checkValidity()]") == [message, flag is None]
    assert host.heard("input", "change") == []


def test_custom_validity_comes_before_the_pads_own(host):
    mount(host, "required")
    host.get("pad.setCustomValidity('Taken.')")
    flags = "pad.validity.customError && pad.validity.valueMissing"
    assert host.get(f"[pad.validationMessage, {flags}]") == ["Taken.", True]
    host.get("pad.setCustomValidity('')")
    assert host.get("pad.validationMessage") == "Write digits, or type them."


def test_nothing_is_called_wrong_before_the_person_has_been_at_it(host):
    mount(host, "required")
    message, line = host.part("message"), host.part("value")
    expect(message).to_be_hidden()
    expect(line).to_have_attribute("aria-invalid", "false")
    host.page.get_by_role("button", name="Send").click()
    assert host.heard("submit") == []
    expect(message).to_have_text("Write digits, or type them.")
    expect(line).to_have_attribute("aria-invalid", "true")
    expect(line).to_be_focused()
    host.write(3)
    expect(message).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "message"),
    [("de", "Schreib 4 Ziffern."), ("es-MX", "Escribe 4 cifras."), ("fr", "Write 4 digits.")],
)
def test_messages_are_in_the_language_of_the_page(host, language, message):
    mount(host, 'digits="4" value="1"', f'<div lang="{language}">{FORM}</div>')
    assert host.get("pad.validationMessage") == message


def test_an_unsure_digit_is_no_valid_value(host):
    from tests.browser.digitpad_page import SCRIBBLE

    mount(host)
    host.draw(SCRIBBLE)
    host.wait_for_value("?")
    assert host.get("[pad.validity.badInput, pad.checkValidity()]") == [True, False]
    host.part("value").press("Control+a")
    host.press("5")
    assert host.get("[pad.value, pad.ink.length > 0, pad.checkValidity()]") == ["5", True, True]


def test_reset_and_default_value(host):
    mount(host, 'value="12"')
    assert host.value() == "12"
    host.get("pad.defaultValue = '34'")
    assert host.value() == "34"
    host.draw(5)
    host.wait_for_value("345")
    host.get("pad.defaultValue = '99'")
    assert host.value() == "345"
    host.get("pad.form.reset()")
    assert host.get("[pad.value, pad.ink.length, pad.canUndo]") == ["99", 0, False]
    host.get("pad.setAttribute('value', '7')")
    assert host.value() == "7"
    assert [kind for kind, *_ in host.heard("input", "change")] == ["input"]


def test_disabled_and_readonly_pads_take_no_ink_and_no_keys(host):
    host.mount('<form><fieldset><digit-pad name="code" value="1"></digit-pad></fieldset></form>')
    host.ready()
    host.get("pad.closest('fieldset').disabled = true")
    expect(host.part("value")).to_be_disabled()
    host.draw(4)
    assert host.get(f"[pad.ink.length, {DATA}.length]") == [0, 0]
    host.get("pad.closest('fieldset').disabled = false")
    host.get("pad.readOnly = true")
    host.draw(4)
    host.part("value").press("5")
    host.part("clear").click(force=True)
    assert host.get(f"[pad.value, pad.ink.length, {DATA}]") == ["1", 0, [["code", "1"]]]


def test_properties_and_attributes_are_in_step(host):
    mount(host)
    host.get("""void Object.assign(pad, {
        name: 'n', digits: 4, min: 2, max: 5, required: true, disabled: true, readOnly: true,
        placeholder: 'Code', penWidth: 9.5, bare: true, baseUrl: '/x/' })""")
    assert host.page.evaluate("document.querySelector('digit-pad').outerHTML.match(/<[^>]*>/)[0]") == (
        '<digit-pad name="n" data-strokes="0" digits="4" min="2" max="5" required="" disabled="" readonly=""'
        ' placeholder="Code" pen-width="9.5" bare="" base-url="/x/">'
    )
    host.get("Object.assign(pad, { digits: null, penWidth: null, required: false })", "n")
    names = "['digits', 'pen-width', 'required'].map((name) => pad.hasAttribute(name))"
    assert host.get(f"[pad.digits, pad.penWidth, ...{names}]", "n") == [None, None, False, False, False]


def test_enter_submits_as_in_a_text_input(host):
    mount(host)
    host.part("value").press("4")
    host.press("Enter")
    assert host.heard("input", "change", "submit") == [
        ("input", "code", "4"), ("change", "code", "4"), ("submit", "", ""),
    ]  # fmt: skip
    host.mount('<form><digit-pad name="code"></digit-pad></form>')
    host.ready().part("value").press("Enter")
    assert len(host.heard("submit")) == 1
    host.mount('<form><digit-pad name="code"></digit-pad><input></form>')
    host.ready().part("value").press("Enter")
    assert host.heard("submit") == []


def test_after_going_away_and_coming_back_ink_text_and_corrections_are_there(open_host):
    host = open_host('<form><digit-pad name="code"></digit-pad></form><a href="?next">next</a>').ready()
    host.part("value").press("9")
    host.draw(1)
    host.wait_for_value("91")
    host.part("value").press("End")
    host.press("Shift+ArrowLeft", "7")
    assert host.get("[pad.value, pad.ink.length]") == ["97", 1]
    host.page.get_by_text("next").click()
    host.page.wait_for_url("**/?next")
    host.page.go_back()
    host.wait_for_value("97")
    assert host.get(f"[pad.ink.length, {DATA}]") == [1, [["code", "97"]]]
