"""What other modules may know about accounts."""

from typing import ClassVar
from uuid import UUID

from modulon.sdk import Event


class PreferencesChanged(Event, frozen=True):
    """Someone chose another look, language or shortcut: their other browsers follow."""

    type = "accounts.preferences_changed"
    notify: ClassVar[bool] = True
    user_id: UUID
