"""Why a migration does not run."""


class MigrationRefused(RuntimeError):
    """The database and this code do not fit together; nothing was changed. The message says what to do."""
