"""HTTP: the pages, their pictures, and a search in them."""

from typing import Annotated

from fastapi import Path, Query, Response

from modulon.sdk import Context, Module

from .answers.search import find
from .errors import PageUnknown
from .library.library import Page, Section, packaged
from .schemas import HelpHit, HelpHits, HelpPageItem, HelpPageList, HelpPageRead, HelpSection

Words = Annotated[str, Query(min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=50)]
Segment = Annotated[str, Path(max_length=100)]


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/help/pages", policy="signed-in")(list_pages)
    module.get("/help/pages/{group}/{name}", policy="signed-in")(read_page)
    module.get("/help/search", policy="signed-in")(search_help)
    module.get(
        "/help/images/{group}/images/{name}",
        policy="signed-in",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}},
    )(read_image)


async def list_pages(ctx: Context) -> HelpPageList:
    """List the pages of the documentation."""
    del ctx
    return HelpPageList(items=[HelpPageItem.model_validate(_item(page)) for page in packaged().pages])


async def read_page(ctx: Context, group: Segment, name: Segment) -> HelpPageRead:
    """One page of the documentation, in sections."""
    del ctx
    page = packaged().page(f"{group}/{name}")
    if page is None:
        raise PageUnknown
    sections = [HelpSection(anchor=s.anchor, level=s.level, title=s.title, text=s.text) for s in page.sections]
    return HelpPageRead.model_validate({**_item(page), "sections": sections})


async def search_help(ctx: Context, q: Words, limit: Limit = 20) -> HelpHits:
    """Search the documentation; the best sections come first."""
    del ctx
    return HelpHits(items=[_hit(section, snippet) for section, snippet in find(q, limit)])


async def read_image(ctx: Context, group: Segment, name: Segment) -> Response:
    """A picture of the documentation."""
    del ctx
    found = packaged().image(f"{group}/images/{name}")
    if found is None:
        raise PageUnknown
    return Response(found, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _item(page: Page) -> dict[str, str]:
    return {"id": page.id, "group": page.group, "title": page.title}


def _hit(section: Section, snippet: str) -> HelpHit:
    anchor = section.anchor if section.level > 1 else ""
    return HelpHit(page=section.page, anchor=anchor, title=section.title, trail=list(section.trail), snippet=snippet)
