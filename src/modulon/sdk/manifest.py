"""The manifest, `module.toml`: everything consent, dependency resolution and menus need, without running code."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from .permissions import is_permission

ModuleType = Literal["core", "standard", "plugin", "extension"]

_ID: Final = re.compile(r"[a-z][a-z0-9]{1,30}(\.[a-z][a-z0-9]{1,30})?")
_VERSION: Final = r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$"


class ManifestError(ValueError):
    """A manifest is unreadable; the message names the file, the key and what is expected."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Identification(_Model):
    """`[module]`."""

    id: str
    name: Annotated[str, Field(min_length=1, max_length=60)]
    version: Annotated[str, Field(pattern=_VERSION)]
    description: Annotated[str, Field(min_length=1, max_length=300)]
    author: str
    type: ModuleType
    api: str = "1"

    @field_validator("id")
    @classmethod
    def _well_formed(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise ValueError("an id is `publisher.name` (or one word for core and standard modules), lower case")
        return value

    @model_validator(mode="after")
    def _dot_follows_type(self) -> "Identification":
        if ("." in self.id) == (self.type in ("core", "standard")):
            raise ValueError("core and standard ids have no dot; plugins and extensions have one")
        return self


class Owns(_Model):
    """`[owns]`: names nobody else may use. *paths* are segments under `/api/`, *roots* path prefixes outside it."""

    tables: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


class PermissionRequest(_Model):
    """Why a permission is asked for, in the author's words."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


class Emits(_Model):
    """`[events]`."""

    emits: tuple[str, ...] = ()


class PageContribution(_Model):
    """`[[contributes.page]]`: a page of the interface. *nav* names the menu it stands in, `""` for none."""

    path: str
    element: str
    title: str
    nav: str = ""
    icon: str = ""
    order: int = 100
    public: bool = False
    admin: bool = False


class UiContribution(_Model):
    """`[[contributes.ui]]`: an element in a named slot."""

    slot: str
    element: str
    order: int = 100


class CommandContribution(_Model):
    """`[[contributes.command]]`: an entry of the palette, menus and shortcuts."""

    id: str
    title: str
    icon: str = ""
    key: str = ""
    group: str = ""


class CliContribution(_Model):
    """`[[contributes.cli]]`: a Typer application in `backend/cli.py`, mounted as `modulon <name>`."""

    name: str
    help: str


class Contributions(_Model):
    """`[[contributes.*]]`."""

    page: tuple[PageContribution, ...] = ()
    ui: tuple[UiContribution, ...] = ()
    command: tuple[CommandContribution, ...] = ()
    cli: tuple[CliContribution, ...] = ()


class Manifest(_Model):
    """A whole `module.toml`."""

    module: Identification
    owns: Owns = Owns()
    requires: dict[str, str] = {}
    needs: dict[str, str] = {}
    optional: dict[str, str] = {}
    permissions: dict[str, PermissionRequest] = {}
    events: Emits = Emits()
    contributes: Contributions = Contributions()

    @field_validator("permissions")
    @classmethod
    def _known(cls, value: dict[str, PermissionRequest]) -> dict[str, PermissionRequest]:
        unknown = sorted(name for name in value if not is_permission(name))
        if unknown:
            raise ValueError(f"unknown permission {', '.join(unknown)}")
        return value

    @property
    def id(self) -> str:
        """The module's id."""
        return self.module.id

    @property
    def slug(self) -> str:
        """The id with `_` for the dot: the Python package's name and the prefix of tables."""
        return self.module.id.replace(".", "_")

    @property
    def table_prefix(self) -> str:
        """What the names of this module's tables begin with."""
        return f"m_{self.slug}__" if "." in self.module.id else ""


def read_manifest(path: Path) -> Manifest:
    """Read and validate a `module.toml`; raises `ManifestError`."""
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path}: {error}") from error
    except ValidationError as error:
        first: dict[str, Any] = dict(error.errors()[0])
        where = ".".join(str(part) for part in first["loc"])
        raise ManifestError(f"{path}: {where}: {first['msg']}") from error
