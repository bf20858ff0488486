"""Why a backup cannot be made or used. The message says what is wrong, what is safe and what to do."""


class BackupRefused(RuntimeError):
    """This is not possible here and now; nothing was changed."""


class BackupLocked(BackupRefused):
    """The file opens, but not with the keys that are here: a recovery key is needed."""


class BackupDamaged(BackupRefused):
    """The file is not what was written; the message names the place."""
