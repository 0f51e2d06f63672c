"""`<digit-pad>` wherever a page puts it: in shadow roots and dialogs, moved, copied, made early."""

from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS

PAD = '<digit-pad name="code"></digit-pad>'


def test_properties_and_children_from_before_it_is_defined_are_taken_over(open_host):
    early = """<script>
        const made = document.createElement('digit-pad');
        Object.assign(made, { name: 'code', digits: 3, placeholder: 'Here', value: '12', required: true });
        addEventListener('DOMContentLoaded', () => document.body.append(made));
    </script>"""
    host = open_host(head=early).ready()
    assert host.get("[pad.name, pad.digits, pad.placeholder, pad.value]") == ["code", 3, "Here", "12"]
    own = "Object.hasOwn(pad, 'digits')"
    assert host.get(f"[pad.required, pad.validity.tooShort, {own}]") == [True, True, False]


def test_moved_in_the_document_it_keeps_ink_text_and_listeners(host):
    host.mount(f'<form id="one"></form><form id="two">{PAD}</form><dialog></dialog>')
    host.ready()
    host.part("value").press("1")
    host.draw(7)
    host.wait_for_value("17")
    host.get("document.querySelector('#one').append(pad)")
    assert host.get("[pad.form.id, pad.value, pad.ink.length]") == ["one", "17", 1]
    host.get("(document.querySelector('dialog').append(pad), document.querySelector('dialog').showModal())")
    host.draw(3, x=0.8)
    host.wait_for_value("173")
    host.part("undo").click()
    host.wait_for_value("17")


def test_in_a_shadow_root_it_is_styled_in_the_language_and_told_about(host):
    host.mount('<div lang="de"><div id="outer"></div></div>')
    host.page.evaluate("""() => {
        const root = outer.attachShadow({ mode: 'open' });
        root.innerHTML = '<form><digit-pad name="code" digits="2"></digit-pad></form>';
    }""")
    host.ready()
    host.write(4)
    assert host.get("pad.validationMessage") == "Schreib 2 Ziffern."
    assert host.part("undo").get_attribute("aria-label") == "Rückgängig"
    assert host.heard("input")[-1] == ("input", "", "")  # retargeted to the outer element
    assert host.part("sheet").evaluate("sheet => getComputedStyle(sheet).borderTopWidth") == "1px"


def test_in_the_document_of_a_frame_it_goes_on(host):
    host.mount(f"{PAD}<iframe></iframe>")
    host.ready().part("value").press("5")
    host.get("(document.querySelector('iframe').contentDocument.body.append(pad), 0)")
    frame = host.page.frame_locator("iframe")
    pad = frame.locator("digit-pad")
    expect(pad.locator("[part=value]")).to_have_value("5")
    assert pad.locator("[part=sheet]").evaluate("sheet => getComputedStyle(sheet).position") == "relative"


def test_removed_while_a_stroke_is_drawn_the_stroke_is_dropped_and_the_next_one_draws(host):
    host.mount(PAD)
    host.ready()
    box = host.part("sheet").bounding_box()
    host.page.mouse.move(box["x"] + 20, box["y"] + 20)
    host.page.mouse.down()
    host.page.mouse.move(box["x"] + 60, box["y"] + 60)
    assert host.get("[pad.ink.length, pad.drawing]") == [1, True]
    host.get("void (globalThis.away = pad, pad.remove())")
    host.page.mouse.up()
    assert host.page.evaluate("[away.ink.length, away.drawing]") == [0, False]
    host.page.evaluate("document.body.append(away)")
    host.draw(4)
    host.wait_for_value("4")


def test_a_copy_is_a_pad_of_its_own(host):
    host.mount(PAD)
    host.ready()
    host.write(4)
    host.get("void document.body.append(Object.assign(pad.cloneNode(true), { name: 'copy' }))")
    host.ready("copy")
    assert host.value("copy") == ""
    host.write(7, name="copy")
    assert [host.value("code"), host.value("copy")] == ["4", "7"]


def test_a_bare_pad_is_the_sheet_alone_and_has_value_form_and_events(host):
    host.mount('<form><digit-pad bare name="code" required style="height: 200px"></digit-pad></form>')
    host.draw(DIGITS[4])
    host.page.wait_for_function("() => document.querySelector('digit-pad').value === '4'")
    assert host.get("[...new FormData(pad.form)]") == [["code", "4"]]
    assert host.get("pad.shadowRoot.querySelector('input') ?? document.activeElement.localName") == "body"
    assert host.heard("input", "change")[-2:] == [("input", "code", "4"), ("change", "code", "4")]
    host.get("void (pad.bare = false)")
    host.ready()
    host.wait_for_value("4")
    host.get("void (pad.bare = true)")
    expect(host.part("value")).to_have_count(0)


def test_what_a_script_does_is_no_event_of_a_person(host):
    host.mount(PAD)
    host.ready()
    host.get("void pad.restore([[[0.3, 0.1], [0.3, 0.4]]])")
    host.wait_for_value("1")
    host.get("void (pad.value = '1', pad.value = '55')")
    assert host.get("[pad.value, pad.ink.length]") == ["55", 0]
    host.get("void (pad.undo(), pad.clear())")
    host.wait_for_value("")
    assert host.heard("input", "change") == []
    assert host.get("[pad.form, pad.type, pad.labels.length]") == [None, "digit-pad", 0]
