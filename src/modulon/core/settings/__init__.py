"""Settings of modules: what each user sees is theirs, over the workspace's, over the system's, over the default."""

from .service import SettingsService as SettingsService
