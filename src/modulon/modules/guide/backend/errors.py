"""Errors, named by who must act."""

from modulon.sdk import NotFound


class PageUnknown(NotFound):
    """There is no such page or picture."""

    code = "guide.page_unknown"
    title = "No such page"
    detail = "The documentation has no page of this name. Look for it in the list of pages."
