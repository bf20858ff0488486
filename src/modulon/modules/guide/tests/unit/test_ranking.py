"""Questions people ask, held against the documentation as it is, and what is none of its business."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from modulon.modules.guide.backend.answers.asking import reply
from modulon.modules.guide.backend.answers.compose import DECLINED
from modulon.modules.guide.backend.answers.guide import ANSWERED_FROM
from modulon.modules.guide.backend.answers.ranking import Index
from modulon.modules.guide.backend.library.library import Library
from modulon.sdk.inference import ModelMessage

HERE = Path(__file__).resolve()
DOCS = HERE.parents[6] / "docs"
ASKED: dict[str, Any] = tomllib.loads((HERE.parents[1] / "questions.toml").read_text("utf-8"))
QUESTIONS: list[dict[str, list[str]]] = ASKED["question"]
NEWCOMERS: dict[str, Any] = tomllib.loads((HERE.parents[1] / "newcomers.toml").read_text("utf-8"))
FURTHER: list[dict[str, list[str]]] = ASKED["further"]
WANTED = 0.9
WANTED_KNOWN = 0.85
WANTED_UNSEEN = 0.82
"""The share that must be right: of each phrasing of the questions, of those the ranking was improved with, and of those
that were only counted."""
DECLINING = 0.75
"""The share of questions about something else that must be declined, of those that share words with a page."""


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(Library(DOCS).sections(*ANSWERED_FROM))


def said(index: Index, question: str) -> str:
    return reply(index, [ModelMessage("user", question)])


def missed(index: Index, asked: list[dict[str, list[str]]], phrasings: slice) -> list[str]:
    """The questions whose first source is not a section that answers them."""
    found: list[str] = []
    for one in asked:
        for question in one["ask"][phrasings]:
            source = said(index, question).partition("Source: ")[2].partition("](/help/")[2].partition(")")[0]
            if source not in one["cites"]:
                found.append(f"{question} -> {source or 'declined'}")
    return found


def test_there_are_sixty_questions_in_three_phrasings_and_twenty_off_topic() -> None:
    assert len(QUESTIONS) >= 60
    assert {len(one["ask"]) for one in QUESTIONS} == {3}
    assert len(ASKED["off_topic"]) == len(set(ASKED["off_topic"])) >= 20
    known = {section.address.removeprefix("/help/") for section in Library(DOCS).sections(*ANSWERED_FROM)}
    assert {cited for one in QUESTIONS + FURTHER for cited in one["cites"]} <= known


@pytest.mark.parametrize("phrasing", [0, 1, 2])
def test_questions_cite_the_right_section_first(index: Index, phrasing: int) -> None:
    wrong = missed(index, QUESTIONS, slice(phrasing, phrasing + 1))
    assert len(wrong) <= (1 - WANTED) * len(QUESTIONS), "\n".join(wrong)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [(FURTHER, WANTED_KNOWN), (NEWCOMERS["known"], WANTED_KNOWN), (NEWCOMERS["unseen"], WANTED_UNSEEN)],
    ids=["further", "known", "unseen"],
)
def test_other_questions_mostly_do(index: Index, asked: list[dict[str, list[str]]], wanted: float) -> None:
    wrong = missed(index, asked, slice(None))
    assert len(wrong) <= (1 - wanted) * len(asked), f"{len(wrong)} of {len(asked)}"


@pytest.mark.parametrize("part", ["known", "unseen"])
def test_what_only_shares_words_with_a_page_is_mostly_declined(index: Index, part: str) -> None:
    asked = NEWCOMERS["off_topic"][part]
    answered = [question for question in asked if "Source:" in said(index, question)]
    assert len(answered) <= (1 - DECLINING) * len(asked), f"{len(answered)} of {len(asked)}"


def test_words_written_wrongly_are_understood(index: Index) -> None:
    right, wrong = said(index, "how do I restore a backup"), said(index, "how do I restroe a bakcup")
    assert "Source: " in right
    assert wrong == said(index, "how do I restore a bakcup") == right


def test_what_the_documentation_does_not_say_is_declined(index: Index) -> None:
    """Two of forty may not be, so that a new page with everyday words in it breaks nothing."""
    told = {question: said(index, question) for question in ASKED["off_topic"]}
    answered = [question for question, answer in told.items() if DECLINED not in answer or "Source:" in answer]
    assert len(answered) <= 2, "\n".join(answered)


def test_a_new_page_is_answered_from_because_it_is_there(tmp_path: Path) -> None:
    page = tmp_path / "guide" / "balloons.md"
    page.parent.mkdir()
    page.write_text("# Balloons\n\nAbout them.\n\n## Inflating one\n\nTurn the *brass tap* to the left.\n")
    index = Index(Library(tmp_path).sections(*ANSWERED_FROM))
    answer = said(index, "how can I inflate a balloon?")
    assert "Turn the *brass tap* to the left." in answer
    assert "[Balloons \u203a Inflating one](/help/guide/balloons#inflating-one)" in answer


def test_what_people_call_it_stands_in_the_page_and_is_not_shown(tmp_path: Path) -> None:
    page = tmp_path / "guide" / "balloons.md"
    page.parent.mkdir()
    names = "<!-- also asked as: blow up a dirigible,\nzeppelin -->"
    page.write_text(f"# Balloons\n\nAbout them.\n\n## Inflating one\n\n{names}\n\nTurn the *brass tap*.\n")
    index = Index(Library(tmp_path).sections(*ANSWERED_FROM))
    for question in ("how do I blow up a dirigible?", "zeppelin"):
        answer = said(index, question)
        assert "Turn the *brass tap*." in answer
        assert "dirigible" not in answer
