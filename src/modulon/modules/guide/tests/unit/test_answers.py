"""What is said: the passage a question is about, the nearest pages if there is none, other languages."""

from pathlib import Path

import pytest

from modulon.modules.guide.backend.answers.asking import reply
from modulon.modules.guide.backend.answers.compose import ABOUT, DECLINED, INTRODUCTION, NEAREST
from modulon.modules.guide.backend.answers.language import foreign
from modulon.modules.guide.backend.answers.ranking import Index
from modulon.modules.guide.backend.library.library import Library
from modulon.sdk.inference import ModelMessage

FILLING = "Canvas, ropes and a basket are looked after by those who fly, and by nobody else. " * 4
PAGE = f"""# Balloons

## Before a flight

<!-- also asked as: checklist -->

{FILLING}

![A tap](images/tap.png)

Light the burner so:

```
burner --light
```

{FILLING}

| colour | meaning |
|---|---|
| red | too hot |
| blue | too cold |
| green | land at once |
| white | all is well |

## Songs

Sung at dusk.

## Soup

Eaten at noon.

## Shoes

Mended at dawn.
"""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    page = tmp_path / "guide" / "balloons.md"
    page.parent.mkdir()
    page.write_text(PAGE)
    return Index(Library(tmp_path).sections("guide"))


def said(index: Index, question: str) -> str:
    return reply(index, [ModelMessage("user", question)])


def test_of_a_long_section_the_part_that_answers_is_quoted_with_what_leads_to_it(index: Index) -> None:
    answer = said(index, "how do I light the burner")
    assert "Light the burner so:\n\n```\nburner --light\n```" in answer
    assert "Canvas" not in answer
    assert "[… more of this](/help/guide/balloons#before-a-flight)" in answer


def test_of_a_long_table_the_rows_that_answer_are_quoted(index: Index) -> None:
    answer = said(index, "when is the colour green")
    assert "| colour | meaning |\n|---|---|\n| green | land at once |\n" in answer
    assert "red" not in answer


def test_a_section_that_is_asked_for_as_a_whole_is_quoted_whole_without_pictures_and_comments(index: Index) -> None:
    answer = said(index, "checklist")
    assert all(part in answer for part in ("white", "red", "burner --light"))
    assert not any(part in answer for part in ("tap.png", "also asked", "more of this"))


def test_what_is_declined_names_the_nearest_page(index: Index) -> None:
    answer = said(index, "light the burner aluminium thermocouple gasket")
    assert DECLINED in answer
    assert f"{NEAREST}: [Balloons \u203a Before a flight](/help/guide/balloons#before-a-flight)" in answer
    assert NEAREST not in said(index, "aluminium thermocouple gasket")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Wie lösche ich eine Unterhaltung?", "auf Englisch"),
        ("كيف أغير كلمة المرور؟", "بالإنجليزية"),
        ("Comment changer mon mot de passe ?", "en anglais"),
        ("¿Cómo cambio mi contraseña?", "en inglés"),
        ("Как сменить пароль?", "in English"),
        ("パスワードを変更するには", "in English"),
    ],
    ids=["de", "ar", "fr", "es", "ru", "ja"],
)
def test_asked_in_another_language_it_says_in_it_that_it_reads_english(
    index: Index, question: str, answer: str
) -> None:
    told = said(index, question)
    assert answer in told
    assert "Source:" not in told
    assert "(/help)" in told


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Wetter morgen?", "kein Sprachmodell"),
        ("Was kostet das?", "kein Sprachmodell"),
        ("Passwort ändern", "kein Sprachmodell"),
        ("Hallo!", "kein Sprachmodell"),
        ("Wer bist du?", "kein Sprachmodell"),
        ("Bist du ChatGPT?", "kein Sprachmodell"),
        ("مرحبا", "ولست نموذجًا لغويًا"),
        ("من أنت؟", "ولست نموذجًا لغويًا"),
        ("Docker كيف؟", "ولست نموذجًا لغويًا"),
    ],
)
def test_a_short_question_is_declined_in_its_language_and_told_what_the_guide_is(
    index: Index, question: str, says: str
) -> None:
    told = said(index, question)
    assert says in told
    assert "(/settings/providers)" in told
    assert not [english for english in (INTRODUCTION, DECLINED, ABOUT) if english in told]


def test_what_is_found_is_answered_in_spite_of_a_word_of_another_language(index: Index) -> None:
    assert "Source:" in said(index, "burner light flight bitte")
    assert "auf Englisch" in said(index, "thermocouple bitte")


@pytest.mark.parametrize("question", ["Who are you?", "aluminium gasket", "weather in Malmö", "what was it in العربية"])
def test_what_is_english_is_declined_in_english(index: Index, question: str) -> None:
    told = said(index, question)
    assert ABOUT in told or DECLINED in told


@pytest.mark.parametrize(
    "question",
    ["MODULON_DATA_DIR", "recycle bin", "change the interface to العربية", "what was the server doing", "1 / 2", "?"],
    ids=["name", "keywords", "a-word-of-another", "english", "numbers", "nothing"],
)
def test_english_is_not_taken_for_another_language(question: str) -> None:
    assert foreign(question) is None
