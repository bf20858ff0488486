"""The interface: one page and its files, read once from the build."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from modulon import __version__
from modulon.sdk.errors import NotFound
from modulon.sdk.manifest import Manifest
from modulon.sdk.routes import Scope, Send

from .headers import header

WEB: Final = Path(__file__).resolve().parents[2] / "_web"
_STATE: Final = "<!--modulon:state-->"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class WebMissing(RuntimeError):
    """The interface has not been built."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    type: str
    encodings: tuple[tuple[str, Path], ...]
    immutable: bool


class Web:
    """Serves the built interface. Files are known by name from a listing: no path is ever made from a request."""

    def __init__(self, folder: Path = WEB) -> None:
        self._manifests: Sequence[Manifest] = ()
        self._folder = folder
        self.read()

    def show(self, manifests: Sequence[Manifest]) -> None:
        """From now on the page has what these modules contribute."""
        self._manifests = manifests
        self._modules = _modules_state(manifests, self._folder)

    def read(self) -> None:
        """List the build anew (while working on the interface it changes under the server)."""
        folder = self._folder
        if not (folder / "index.html").is_file():
            raise WebMissing("The interface has not been built. Run `make setup`.")
        self._files = {f"/{file.relative_to(folder).as_posix()}": _describe(file, folder) for file in _served(folder)}
        self._page = (folder / "index.html").read_text("utf-8")
        self._modules = _modules_state(self._manifests, folder)

    def has(self, path: str) -> bool:
        """Whether *path* is one of the files."""
        return path in self._files

    async def file(self, scope: Scope, send: Send) -> None:
        """Answer with a file, compressed as the browser accepts; hashed names are kept for ever."""
        found = self._files[scope["path"]]
        accepted = header(scope["headers"], b"accept-encoding")
        encoding, path = next(((n, p) for n, p in found.encodings if n in accepted), ("", found.path))
        try:
            body = path.read_bytes()
        except FileNotFoundError as error:
            raise NotFound("This file belongs to another version: load the page again.") from error
        headers = [
            (b"content-type", found.type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"vary", b"accept-encoding"),
            (b"cache-control", b"public, max-age=31536000, immutable" if found.immutable else b"no-cache"),
        ]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def interface(self, send: Send) -> None:
        """Answer with what the modules contribute."""
        body = json.dumps({"version": __version__, "modules": self._modules}, ensure_ascii=False).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def page(self, scope: Scope, send: Send, state: Mapping[str, Any]) -> None:
        """Answer with the one page, the state inlined as data (which no policy lets run)."""
        data = json.dumps({"version": __version__, "modules": self._modules, **state}, ensure_ascii=True)
        # Inside a script element only "</" and "<!--" could end it.
        inline = data.replace("<", "\\u003c")
        body = self._page.replace(
            _STATE, f'<script type="application/json" id="modulon-state">{inline}</script>'
        ).encode()
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _served(folder: Path) -> list[Path]:
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix in _TYPES and file.name not in ("index.html", "manifest.json")
    ]


def _describe(file: Path, folder: Path) -> _File:
    encodings = tuple(
        (name, sibling) for name, suffix in _ENCODINGS if (sibling := file.with_name(file.name + suffix)).is_file()
    )
    immutable = file.relative_to(folder).parts[0] == "assets"
    return _File(file, _TYPES[file.suffix], encodings, immutable)


def _modules_state(manifests: Sequence[Manifest], folder: Path) -> list[dict[str, Any]]:
    build = folder / ".vite" / "manifest.json"
    build = build if build.is_file() else folder / "manifest.json"
    entries: dict[str, dict[str, Any]] = json.loads(build.read_text("utf-8"))
    found: list[dict[str, Any]] = []
    for manifest in manifests:
        marker = f"modules/{manifest.slug}/frontend/"
        script = next((e["file"] for k, e in entries.items() if k.endswith(marker + "index.ts")), None)
        locales = {
            Path(k).stem: f"/{e['file']}"
            for k, e in entries.items()
            if marker + "locales/" in k and k.endswith(".json")
        }
        found.append(
            {
                "id": manifest.id,
                "version": manifest.module.version,
                "entry": f"/{script}" if script else None,
                "contributes": manifest.contributes.model_dump(mode="json", exclude={"cli"}),
                "locales": locales,
            }
        )
    return found
