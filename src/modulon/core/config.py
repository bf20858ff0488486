"""What the operator may set, from the command line, `MODULON_*` variables and `modulon.toml`, in that order."""

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


def default_data_dir() -> Path:
    """`$XDG_DATA_HOME/modulon`, by default `~/.local/share/modulon`."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "modulon"


class ConfigError(ValueError):
    """A setting is not usable; the message names it, where it may be set, and what is expected."""


class Config(BaseSettings):
    """The operator's settings; names are those of `MODULON_<NAME>` and of the keys in `modulon.toml`."""

    model_config = SettingsConfigDict(env_prefix="MODULON_", toml_file="modulon.toml", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    data_dir: Path = Field(default_factory=default_data_dir)
    database_url: str = ""
    """`sqlite:///…` or `postgresql://…`; by default the SQLite file in the data folder."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks whose `X-Forwarded-*` headers are believed."""
    modules_dir: Path | None = None
    """Folder with more modules; only with `dev`."""
    dev: bool = False
    safe: bool = False
    """Start without plugins and extensions."""
    master_key: SecretStr | None = None
    """256 bits, base64; by default a 0600 file in the data folder."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least level that is logged."""
    backup_dir: Path | None = None
    """Where backups are kept; by default `backups` in the data folder."""
    backup_keep: Annotated[int, Field(ge=1)] = 14
    """How many backups of this server are kept there; the oldest go when a new one is whole."""
    event_keep_days: Annotated[int, Field(ge=1)] = 90
    """Days for which events are kept that everybody has heard."""
    new_instance: bool = False
    """Start with an empty data folder although another one was in use before."""

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Checked at the start: a misspelled proxy would otherwise be an untrusted one, or fail every request."""
        for text in value:
            try:
                network = ipaddress.ip_network(text)
            except ValueError as error:
                raise ValueError(f"{text!r} is neither an address nor a network such as 10.0.0.0/8") from error
            if network.prefixlen == 0:
                raise ValueError(f"{text!r} is everyone: then anybody could claim any address")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'modulon.db'}"

    @property
    def backups(self) -> Path:
        """Where backups are kept, the default filled in."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def run_dir(self) -> Path:
        """Where running processes leave their locks."""
        return self.data_dir / "run"


def load_config(**overrides: Any) -> Config:
    """Read the configuration; *overrides* that are `None` are ignored. Raises `ConfigError`."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Config(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"{name}: {first['msg']}. It is set by --{name.replace('_', '-')}, MODULON_{name.upper()} or modulon.toml."
        ) from error
