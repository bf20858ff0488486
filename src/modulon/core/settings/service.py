"""Reading and writing settings on behalf of one principal."""

from typing import Any, Final, TypeVar, get_args
from uuid import UUID

import structlog
from pydantic import ValidationError

from modulon.core.data.engine import Engine
from modulon.core.values import wrong_values
from modulon.sdk.errors import Denied, Invalid
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.secrets import Place, Secrets
from modulon.sdk.settings import ModuleSettings, Secret, SettingScope
from modulon.sdk.storage import now

from .store import MANAGED, PUT, REMOVE, VISIBLE, StoredSetting

S = TypeVar("S", bound=ModuleSettings)

_ORDER: Final = {"system": 0, "workspace": 1, "user": 2}
_NOBODY: Final = UUID(int=0)

_log = structlog.get_logger(module="core.settings")


class SettingUnknown(Invalid):
    """No such setting in this module."""

    code = "settings.unknown"
    detail = "This module has no setting of that name. Nothing was changed."


class SettingScopeDenied(Denied):
    """The value would count for others than the principal may decide for."""

    code = "settings.scope_denied"
    detail = "System settings need an administrator, workspace settings a manager of the workspace."


class SettingsService:
    """The contract's `SettingsStore` for one *module* and one *principal*; *model* is the module's declared model."""

    def __init__(
        self, engine: Engine, secrets: Secrets, module: str, principal: Principal, model: type[ModuleSettings] | None
    ) -> None:
        self._db = engine.bind(principal)
        self._secrets = secrets
        self._module = module
        self._principal = principal
        self._model = model

    async def read(self, settings: type[S]) -> S:
        """The effective values. One that no longer fits its field counts as unset and is logged by name."""
        values = await self._effective(settings)
        try:
            return settings.model_validate(values)
        except ValidationError as error:
            unfit = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
            _log.warning("stored settings do not fit their fields", target=self._module, keys=sorted(unfit))
            return settings.model_validate({key: value for key, value in values.items() if key not in unfit})

    async def write(self, scope: SettingScope, key: str, value: Any) -> None:
        """Set one value, or remove it with `None`. Raises `Invalid` or `Denied`."""
        model = self._model
        if model is None or key not in model.model_fields:
            raise SettingUnknown(at=f"/{key}")
        scope_id = await self._writable(scope)
        where = {"module": self._module, "scope": scope, "scope_id": scope_id, "key": key}
        if value is None:
            async with self._db.write() as tx:
                tx.run(REMOVE, where)
            return
        stored = self._stored(model, scope, scope_id, key, value)
        async with self._db.write() as tx:
            tx.run(PUT, {**where, "value": stored, "updated_at": now()})

    async def _effective(self, model: type[ModuleSettings]) -> dict[str, Any]:
        principal = self._principal
        params = {
            "module": self._module,
            "workspace_id": principal.workspace or _NOBODY,
            "user_id": principal.user or _NOBODY,
        }
        async with self._db.read() as db:
            found = await db.all(VISIBLE, params)
        values: dict[str, StoredSetting] = {}
        for row in sorted(found, key=lambda row: _ORDER[row.scope]):
            if row.key in model.model_fields:
                values[row.key] = row
        return {key: self._opened(model, row) for key, row in values.items()}

    async def _writable(self, scope: SettingScope) -> UUID:
        """The id that *scope* stands for, if the principal may decide for all it covers."""
        principal = self._principal
        trusted = principal.admin or principal.kind == "system"
        if scope == "system" and trusted:
            return SYSTEM_WORKSPACE
        if scope == "user" and principal.user is not None:
            return principal.user
        workspace = principal.workspace
        if scope == "workspace" and workspace and (principal.kind == "system" or await self._manages(workspace)):
            return workspace
        raise SettingScopeDenied

    async def _manages(self, workspace: UUID) -> bool:
        params = {"workspace_id": workspace, "user_id": self._principal.user or _NOBODY}
        async with self._db.read() as db:
            return await db.first(MANAGED, params) is not None

    def _stored(self, model: type[ModuleSettings], scope: str, scope_id: UUID, key: str, value: Any) -> Any:
        """The value as the column holds it: checked, and sealed if it is a secret."""
        try:
            checked = getattr(model.model_validate({key: value}), key)
        except ValidationError as error:
            raise Invalid(fields=wrong_values(error.errors())) from None
        if _is_secret(model, key):
            return self._secrets.seal(checked.get_secret_value(), self._place(scope, scope_id, key))
        return model.model_validate({key: value}).model_dump(mode="json")[key]

    def _opened(self, model: type[ModuleSettings], row: StoredSetting) -> Any:
        if _is_secret(model, row.key):
            return self._secrets.open(row.value, self._place(row.scope, row.scope_id, row.key))
        return row.value

    def _place(self, scope: str, scope_id: UUID, key: str) -> Place:
        return Place("settings", scope_id, f"{self._module}.{scope}.{key}")


def _is_secret(model: type[ModuleSettings], key: str) -> bool:
    annotation = model.model_fields[key].annotation
    return annotation is Secret or Secret in get_args(annotation)
