"""Saying what a digit is: the page believes it, learns it, shows what it has learnt, and can forget it."""

import pytest
from playwright.sync_api import expect

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.digitpad_page import DIGITS
from tests.browser.teaching import Teacher, arabic_seven
from tests.browser.written import ONE_TO_SEVEN


@pytest.fixture
def teacher(new_teacher, request):
    """Somebody who teaches a page; the page may report no error."""
    teacher = new_teacher(**getattr(request, "param", {}))
    messages = teacher.page.record_messages()
    yield teacher
    assert messages == []


def notes(teacher):
    """The label and the kind of each example that the browser keeps."""
    return [(one["label"], one["kind"]) for one in teacher.kept()]


def test_five_corrections_teach_a_form_that_is_always_misread(teacher):
    for seed in range(50, 53):
        assert teacher.draw(arabic_seven(seed)) != "7"
    teacher.teach_sevens(4)
    teacher.draw(arabic_seven(9))
    before = teacher.page.probabilities()[7]
    teacher.keyboard.press("7")
    teacher.expect_learnt(5)
    # What is on the pad is read again.
    teacher.page.page.wait_for_function(
        "(before) => Number(document.querySelector('[data-digit=\"7\"]').dataset.probability) > before",
        arg=before,
    )
    for seed in range(50, 53):
        assert teacher.draw(arabic_seven(seed)) == "7"
    for digit in DIGITS:
        assert teacher.draw(digit) == str(digit)


def test_the_page_reads_what_it_is_told_and_says_what_it_has_learnt(teacher):
    teacher.page.listen_to_announcements()
    assert teacher.draw(3) == "3"
    teacher.keyboard.press("8")
    expect(teacher.page.prediction).to_have_text("8")
    expect(teacher.toast).to_have_text("Got it: an 8. I’ll look out for yours.")
    assert "Got it: an 8. I’ll look out for yours." in teacher.page.announcements()
    teacher.draw(4)
    teacher.page.label(0).click()
    teacher.choice(9).click()
    expect(teacher.page.prediction).to_have_text("9")
    teacher.expect_learnt(2)
    assert teacher.draw(2) == "2"
    teacher.keyboard.press("2")
    expect(teacher.toast).to_have_text("A 2, as I thought. That helps me, too.")
    teacher.draw(5)
    teacher.correct.click()
    teacher.not_a_digit.click()
    expect(teacher.page.prediction).to_have_text("?")
    expect(teacher.toast).to_have_text("Got it: not a digit. I’ll leave such marks alone.")
    kinds = [(8, "correction"), (9, "correction"), (2, "confirmation"), (None, "correction")]
    assert notes(teacher) == kinds


def test_a_key_of_another_script_answers(teacher):
    teacher.draw(1)
    teacher.page.page.evaluate("""() => document.body.dispatchEvent(new KeyboardEvent('keydown',
        { key: '٧', code: 'Digit7', bubbles: true, cancelable: true }))""")
    expect(teacher.page.prediction).to_have_text("7")
    teacher.expect_learnt(1)


def test_the_question_is_answered_by_keyboard_and_closed_without_an_answer(teacher):
    teacher.draw(6)
    label = teacher.page.label(0)
    for close in ("Escape", "outside", "button"):
        label.press("Enter")
        expect(teacher.choice(6)).to_be_focused()
        expect(teacher.choice(6)).to_have_accessible_name("It is a 6, as I read it")
        if close == "outside":
            teacher.page.page.mouse.click(3, 3)
        elif close == "button":
            teacher.page.page.get_by_test_id("close-ask-digit").click()
        else:
            teacher.keyboard.press(close)
        expect(teacher.question).to_have_count(0)
        expect(label).to_be_focused()
    expect(teacher.page.pad).to_have_attribute("data-strokes", "1")
    label.press("Enter")
    for key, focused in (
        ("ArrowUp", 1),
        ("ArrowRight", 2),
        ("ArrowDown", 7),
        ("ArrowLeft", 6),
        ("ArrowLeft", 5),
    ):
        teacher.keyboard.press(key)
        expect(teacher.choice(focused)).to_be_focused()
    teacher.keyboard.press("Enter")
    teacher.expect_learnt(1)
    label.press("Enter")
    teacher.keyboard.press("0")
    expect(teacher.page.prediction).to_have_text("0")
    teacher.expect_learnt(1)  # another answer for the same ink takes its place
    expect(teacher.toast).to_have_text("Got it: a 0. I’ll look out for yours.")
    assert notes(teacher) == [(0, "correction")]


def test_undo_takes_back_the_answer_and_what_was_learnt_from_it(teacher):
    assert teacher.draw(6) == "6"
    before = teacher.page.probabilities()
    teacher.keyboard.press("5")
    expect(teacher.toast).to_have_text("Got it: a 5. I’ll look out for yours.")
    teacher.keyboard.press("1")
    expect(teacher.toast).to_have_text("Got it: a 1. I’ll look out for yours.")
    teacher.undo.click()
    expect(teacher.page.prediction).to_have_text("5")
    teacher.page.page.wait_for_function("() => document.querySelector('[data-testid=\"toast\"]').hidden")
    assert notes(teacher) == [(5, "correction")]
    teacher.keyboard.press("6")
    expect(teacher.toast).to_have_text("A 6, as I thought. That helps me, too.")
    teacher.undo.click()
    expect(teacher.page.prediction).to_have_text("5")
    teacher.open_panel()
    teacher.forms.click()
    teacher.expect_learnt(0)
    teacher.keyboard.press("Escape")
    expect(teacher.page.prediction).to_have_text("6")  # what is forgotten is not said either
    assert teacher.draw(6) == "6"
    assert teacher.page.probabilities() == pytest.approx(before, abs=1e-5)
    assert teacher.kept() == []


def test_where_the_program_for_it_does_not_come_it_says_so_and_tries_again(open_page, server):
    teacher = Teacher(open_page())
    page = teacher.page
    page.page.route("**/assets/teaching-*.js", lambda route: route.abort())
    page.open(server.url).wait_until_ready()
    page.read(4)
    teacher.keyboard.press("9")
    expect(teacher.toast).to_have_text("What I need to learn did not come. Try again once you are online.")
    page.page.unroute("**/assets/teaching-*.js")
    teacher.keyboard.press("9")
    expect(page.prediction).to_have_text("9")
    teacher.expect_learnt(1)


def test_of_readings_left_alone_and_with_nothing_read_nothing_is_kept(teacher):
    for digit in (1, 2, 3):
        teacher.draw(digit)
    teacher.page.clear.click()
    teacher.page.wait_until_read(0)
    teacher.keyboard.press("7")
    teacher.teach(2, 2)  # had one of these counted, it would be there by now
    assert notes(teacher) == [(2, "confirmation")]


@pytest.mark.slow
@pytest.mark.parametrize("teacher", [{"kept": True}], indirect=True, ids=["kept"])
def test_mine_and_original(teacher):
    teacher.teach_sevens(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    mine = teacher.page.probabilities()
    teacher.open_panel()
    teacher.original.check()
    expect(teacher.page.prediction).not_to_have_text("7")
    teacher.keyboard.press("Escape")
    expect(teacher.panel).to_have_count(0)
    expect(teacher.page.pad).to_have_attribute("data-strokes", "1")  # Esc was the panel's
    teacher.reload().expect_learnt(5)
    assert teacher.draw(arabic_seven(60)) != "7"
    teacher.keyboard.press("7")
    expect(teacher.toast).to_have_text("Got it: a 7. I’ll use it when I read with what I learnt.")
    teacher.undo.click()
    teacher.expect_learnt(5)
    expect(teacher.page.prediction).not_to_have_text("7")
    teacher.open_panel()
    teacher.mine.check()
    expect(teacher.page.prediction).to_have_text("7")
    assert teacher.page.probabilities() == pytest.approx(mine, abs=1e-3)


def test_the_panel_says_what_it_brought_and_forgets_one_then_all(teacher):
    assert teacher.draw(arabic_seven(60)) != "7"
    original = teacher.page.probabilities()
    teacher.teach_sevens(6)
    teacher.teach(1, 1)
    teacher.draw(arabic_seven(60))
    teacher.open_panel()
    expect(teacher.count).to_have_text("You have shown me 7 examples. They stay on this device.")
    expect(teacher.before).to_have_text("1 of 7")
    expect(teacher.after).to_have_text("7 of 7")
    expect(teacher.gallery.locator("dt")).to_have_text(["1", "7"])
    expect(teacher.forms).to_have_count(7)
    newest = teacher.kept()[-2]["id"]  # the last 7
    teacher.forms.nth(1).press("Enter")
    expect(teacher.forms).to_have_count(6)
    expect(teacher.forms.nth(1)).to_be_focused()  # its neighbour
    expect(teacher.result).to_have_text("Forgotten.")
    assert newest not in [one["id"] for one in teacher.kept()]
    teacher.undo_forget.click()
    expect(teacher.forms).to_have_count(7)
    assert newest in [one["id"] for one in teacher.kept()]
    teacher.forget_all.click()
    expect(teacher.panel).to_contain_text("Forget all 7 examples?")
    teacher.keyboard.press("Enter")  # keeps them: the harmless answer has the focus
    expect(teacher.forget_all).to_be_focused()
    assert len(teacher.kept()) == 7
    teacher.forget_all.click()
    teacher.really_forget_all.click()
    expect(teacher.result).to_have_text("All forgotten: I read as I came.")
    expect(teacher.count).to_contain_text("Nothing yet.")
    expect(teacher.gallery).to_have_count(0)
    assert teacher.kept() == []
    teacher.panel.get_by_test_id("close-learning-panel").click()
    teacher.expect_learnt(0)
    teacher.draw(arabic_seven(60))
    expect(teacher.page.prediction).not_to_have_text("7")  # once the worker has forgotten too
    assert teacher.page.probabilities() == pytest.approx(original, abs=1e-5)


LEARN = """async ([ink, changes]) => {
    const recognizer = await digitpad.createRecognizer();
    const pixels = digitpad.rasterizeInk(ink);
    const found = [];
    for (const change of changes) {
        await recognizer.learn(change);
        const answers = Array.from(await recognizer.classify(pixels));
        found.push([answers, answers.indexOf(Math.max(...answers))]);
    }
    recognizer.dispose();
    return found;
}"""


def test_the_api_learns_the_same_in_any_order(api):
    examples = [{"id": f"e{n}", "label": 7, "ink": arabic_seven(n)} for n in range(5)]
    first, *rest = examples
    mistap = first | {"id": "x", "label": 3}
    forget = {"forget": [one["id"] for one in examples]}
    orders = (
        [{"add": examples}],
        [{"add": rest}, {"add": [first]}],
        [{"add": [*rest, first]}, {"add": [mistap]}, {"forget": ["x"]}],
    )
    found = [
        api.evaluate(LEARN, [first["ink"], [*changes, forget, {"add": examples}, forget]])
        for changes in orders
    ]
    for changes, steps in zip(orders, found, strict=True):
        learnt, original = len(changes) - 1, len(changes)
        # Batches of other sizes may round the network's last digits differently.
        assert steps[learnt][0] == pytest.approx(found[0][0][0], abs=1e-4)
        assert steps[learnt][1] == 7 != steps[original][1]


def test_a_digit_of_a_picture_is_taught(teacher):
    teacher.draw(3)  # must not be mixed up with the picture's
    page = teacher.page.page
    picture = {"name": "one.png", "mimeType": "image/png", "buffer": encode(drawn_one())}
    page.get_by_test_id("upload").set_input_files(picture)
    result = page.get_by_test_id("upload-result")
    expect(result).to_have_attribute("data-prediction", "1")
    page.get_by_test_id("open-picture").click()
    digit = page.get_by_test_id("picture-digit")
    digit.press("Enter")
    expect(teacher.question.get_by_role("img")).to_have_accessible_name("Read as 1")
    expect(page.get_by_test_id("delete-digit")).to_be_hidden()
    teacher.choice(9).click()
    teacher.expect_learnt(1)
    expect(teacher.question).to_have_count(0)
    [kept] = teacher.kept()
    assert (kept["label"], kept["kind"], len(kept["pixels"])) == (9, "correction", 784)
    assert max(kept["pixels"]) > 200
    expect(teacher.toast).to_have_text("Got it: a 9. I’ll look out for yours.")
    # Asked by keyboard, and not answered; then answered anew, by what it was read as at first.
    digit.press("Enter")
    page.keyboard.press("Escape")
    expect(teacher.question).to_have_count(0)
    digit.press("Enter")
    page.keyboard.press("1")
    expect(teacher.toast).to_have_text("A 1, as I thought. That helps me, too.")
    assert notes(teacher) == [(1, "confirmation")]
    page.get_by_test_id("close-picture").click()
    page.get_by_test_id("close-pictures").click()
    expect(teacher.page.prediction).to_have_text("3")
    teacher.open_panel()
    expect(teacher.forms).to_have_accessible_name("Forget this 1")


def test_a_digit_in_doubt_asks_and_one_tap_answers(new_teacher):
    teacher = new_teacher()
    page = teacher.page
    read = page.read_all(ONE_TO_SEVEN)
    doubtful = next(i for i, way in enumerate(read) if way.explanation == "1 or 7?")
    said = "7" if read[doubtful].text != "7" else "1"  # not what was read
    page.read(ONE_TO_SEVEN[doubtful])
    chips = page.page.get_by_test_id("digit").get_by_role("button")
    expect(chips).to_have_text(["1", "7"])
    chips.filter(has_text=said).click()
    expect(page.prediction).to_have_text(said)
    expect(page.confidence).to_have_text("As you said")
    teacher.expect_learnt(1)
    teacher.undo.click()
    expect(page.prediction).to_have_text(read[doubtful].text)
    teacher.expect_learnt(0)
