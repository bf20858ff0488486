"""What answers with credentials in them have in common."""

from collections.abc import Iterable

from fastapi import Response

from modulon.modules.accounts.backend.schemas import SignedInRead, UserRead
from modulon.sdk.identity import Cookie, SignedIn


def signed_in_answer(signed_in: SignedIn, response: Response) -> SignedInRead:
    """Who is signed in now; the cookies go into *response*."""
    set_cookies(response, signed_in.cookies)
    return SignedInRead(user=UserRead.model_validate(signed_in.user))


def set_cookies(response: Response, cookies: Iterable[Cookie]) -> None:
    """Hand out cookies with an answer that nothing keeps."""
    keep_private(response)
    for cookie in cookies:
        response.headers.append("set-cookie", cookie.header)


def keep_private(response: Response) -> None:
    """Let nothing keep the answer: it holds what is shown once."""
    response.headers["cache-control"] = "no-store"
