"""What is answered about the documentation."""

from typing import Literal

from pydantic import BaseModel

Group = Literal["guide", "operate", "develop", "reference", "adr", "modules"]


class HelpPageItem(BaseModel):
    """A page in the list. *id* is its name below `/help`."""

    id: str
    group: Group
    title: str


class HelpPageList(BaseModel):
    """Every page, in the order they are shown."""

    items: list[HelpPageItem]


class HelpSection(BaseModel):
    """A part of a page under one heading; *text* is Markdown, *level* the depth of its heading, 1 to 6."""

    anchor: str
    level: int
    title: str
    text: str


class HelpPageRead(HelpPageItem):
    """A page."""

    sections: list[HelpSection]


class HelpHit(BaseModel):
    """A section that was found: where it stands, its headings from the page down, and words of it."""

    page: str
    anchor: str
    title: str
    trail: list[str]
    snippet: str


class HelpHits(BaseModel):
    """What was found, best first."""

    items: list[HelpHit]
