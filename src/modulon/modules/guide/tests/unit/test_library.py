"""Documents are cut into pieces at their headings."""

import pytest

from modulon.modules.guide.backend.library.library import packaged
from modulon.modules.guide.backend.library.markdown import pieces


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("<!-- Made from the code. -->\n\n# Routes\n\nText.", ["Routes"]),
        ("Text.\n\n# Routes", ["", "Routes"]),
        ("# One\n\n```\n# no heading\n```\n\n## Two", ["One", "Two"]),
    ],
)
def test_only_text_makes_a_piece_before_the_first_heading(source: str, titles: list[str]) -> None:
    assert [piece.title for piece in pieces(source)] == titles


def test_every_page_of_the_documentation_begins_with_its_title() -> None:
    assert [page.id for page in packaged().pages if page.sections[0].level != 1 or not page.title] == []
