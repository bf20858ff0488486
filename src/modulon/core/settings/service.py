"""Reading and writing settings on behalf of one principal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, get_args
from uuid import UUID

import structlog
from pydantic import ValidationError

from modulon.core.data.engine import Engine
from modulon.core.values import wrong_values
from modulon.sdk.errors import Denied, Invalid, Problem
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.secrets import Place, Secrets
from modulon.sdk.settings import ModuleSettings, Secret, SettingChange, SettingsChanged, SettingScope, SettingView
from modulon.sdk.storage import now

from .store import AT, CHANGES, MANAGED, PUT, RECORD, REMOVE, VISIBLE, StoredSetting

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
        await self.change(scope, {key: value})

    async def change(self, scope: SettingScope, values: Mapping[str, Any]) -> None:
        """Set several values, or remove those that are `None`: all or none. Raises `Invalid` or `Denied`."""
        model = self._settable(scope, values)
        scope_id = await self._writable(scope)
        stored: dict[str, Any] = {}
        wrong: dict[str, Problem] = {}
        for key, value in values.items():
            try:
                stored[key] = None if value is None else self._stored(model, scope, scope_id, key, value)
            except Invalid as problem:
                wrong |= problem.fields
        if wrong:
            raise Invalid(fields=wrong)
        before = await self._at(scope, scope_id)
        where = {"module": self._module, "scope": scope, "scope_id": scope_id}
        async with self._db.write() as tx:
            for key, value in stored.items():
                if value is None:
                    tx.run(REMOVE, {**where, "key": key})
                else:
                    tx.run(PUT, {**where, "key": key, "value": value, "updated_at": now()})
                if scope != "user":
                    hidden = _is_secret(model, key)
                    old, new = (None, None) if hidden else (before.get(key), value)
                    tx.run(
                        RECORD,
                        {
                            **where,
                            "id": new_id(),
                            "key": key,
                            "old": old,
                            "new": new,
                            "changed_by": self._principal.user,
                            "changed_at": now(),
                        },
                    )
            if scope != "user" and stored:
                changed = SettingsChanged(module_id=self._module, scope=scope, keys=tuple(stored))
                tx.emit(changed, key=self._module)

    async def view(self, scope: SettingScope) -> Sequence[SettingView]:
        """Every setting as it counts at *scope*."""
        model = self._settable(scope, ())
        own = await self._at(scope, await self._writable(scope))
        rows = {row.key: row for row in await self._rows(model) if _ORDER[row.scope] <= _ORDER[scope]}
        described: dict[str, Any] = model.model_json_schema()["properties"]
        definitions = model.model_json_schema().get("$defs")
        found: list[SettingView] = []
        for key, schema in described.items():
            secret, row = _is_secret(model, key), rows.get(key)
            value = schema.get("default") if row is None else row.value
            found.append(
                SettingView(
                    key=key,
                    schema={**schema, "$defs": definitions} if definitions else schema,
                    value=None if secret else value,
                    source=row.scope if row else "default",
                    own=key in own,
                    secret=secret,
                )
            )
        return found

    async def history(self, scope: SettingScope) -> Sequence[SettingChange]:
        """The last changes at *scope*, newest first."""
        self._settable(scope, ())
        where = {"module": self._module, "scope": scope, "scope_id": await self._writable(scope)}
        async with self._db.read() as db:
            return await db.all(CHANGES, where)

    def _settable(self, scope: SettingScope, keys: Iterable[str]) -> type[ModuleSettings]:
        """The module's model, if it has all of *keys* and they can be set at *scope*."""
        model = self._model
        unknown = [key for key in keys if model is None or key not in model.model_fields]
        if unknown or model is None:
            raise SettingUnknown(fields={f"/{key}": SettingUnknown() for key in unknown})
        if scope not in model.scopes:
            raise SettingUnknown(params={"scope": scope})
        return model

    async def _at(self, scope: SettingScope, scope_id: UUID) -> dict[str, Any]:
        """What is stored at one scope, secrets sealed."""
        where = {"module": self._module, "scope": scope, "scope_id": scope_id}
        async with self._db.read() as db:
            return {row.key: row.value for row in await db.all(AT, where)}

    async def _rows(self, model: type[ModuleSettings]) -> list[StoredSetting]:
        """The stored values that count for the principal, those that come nearer later."""
        principal = self._principal
        params = {
            "module": self._module,
            "workspace_id": principal.workspace or _NOBODY,
            "user_id": principal.user or _NOBODY,
        }
        async with self._db.read() as db:
            found = await db.all(VISIBLE, params)
        return sorted((row for row in found if row.key in model.model_fields), key=lambda row: _ORDER[row.scope])

    async def _effective(self, model: type[ModuleSettings]) -> dict[str, Any]:
        nearest = {row.key: row for row in await self._rows(model)}
        return {key: self._opened(model, row) for key, row in nearest.items()}

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
