"""The HTTP Observatory's score, by its published rules (mdn/mdn-http-observatory, src/grader/charts.js, 2025)."""

from collections.abc import Mapping, Sequence

EXTRA_FROM = 90
"""Bonus points count from this score on."""
SIX_MONTHS = 15_768_000


def directives(policy: str) -> dict[str, list[str]]:
    """A content security policy by directive."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0].lower(): part[1:] for part in parts}


def score(headers: Mapping[str, str], cookies: Sequence[str]) -> int:
    """The score of a page over HTTPS whose scripts are all of its own origin. Header names in lower case."""
    points = [_csp(headers), *_others(headers), _cookies(cookies)]
    base = 100 + sum(point for point in points if point < 0)
    return base + (sum(point for point in points if point > 0) if base >= EXTRA_FROM else 0)


def _csp(headers: Mapping[str, str]) -> int:
    found = directives(headers.get("content-security-policy", ""))
    if not found:
        return -25
    fallback = found.get("default-src", ["*"])
    scripts, objects = found.get("script-src", fallback), found.get("object-src", fallback)
    wide = {"'unsafe-inline'", "data:", "https:", "http:", "*"}
    if wide.intersection(scripts) or wide.intersection(objects):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if wide.intersection(found.get("style-src", fallback)):
        return 0
    return 10 if fallback == ["'none'"] and found.get("form-action") in (["'none'"], ["'self'"]) else 5


def _others(headers: Mapping[str, str]) -> list[int]:
    referrer = headers.get("referrer-policy", "")
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    framed = directives(headers.get("content-security-policy", "")).get("frame-ancestors")
    strict = [part.strip().partition("=") for part in headers.get("strict-transport-security", "").split(";")]
    age = {name: value for name, _, value in strict}
    return [
        5 if referrer in private else 0 if not referrer else -5,
        0 if int(age.get("max-age", "0")) >= SIX_MONTHS else -20,
        0 if headers.get("x-content-type-options") == "nosniff" else -5,
        5 if framed in (["'none'"], ["'self'"]) else 0 if headers.get("x-frame-options") == "DENY" else -20,
        10 if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site") else 0,
        -50 if headers.get("access-control-allow-origin") and headers.get("access-control-allow-credentials") else 0,
    ]


def _cookies(cookies: Sequence[str]) -> int:
    if not cookies:
        return 0
    flags = [{part.strip().lower() for part in cookie.split(";")[1:]} for cookie in cookies]
    if not all("secure" in flag for flag in flags):
        return -40
    if not all("httponly" in flag for flag in flags):
        return -30
    return 5 if all(flag & {"samesite=lax", "samesite=strict"} for flag in flags) else 0
