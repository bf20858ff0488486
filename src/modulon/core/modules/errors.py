"""What stands in the way of switching a module, named by who must act."""

from modulon.sdk.errors import Conflict, Denied, NotFound


class ModuleUnknown(NotFound):
    """No module of that id was found."""

    code = "modules.unknown"
    detail = "There is no module of this name. It may have been taken out of its folder."


class SettingsMissing(NotFound):
    """The module has nothing to set."""

    code = "modules.settings_missing"
    detail = "This module has no settings."


class ModuleDisabled(NotFound):
    """The address belongs to a module that is disabled, or cannot run."""

    code = "modules.disabled"
    title = "This part is switched off"
    detail = "The module that answers here is disabled. What it keeps is safe; an administrator can enable it again."


class ModulesDenied(Denied):
    """Modules are for administrators."""

    code = "modules.denied"
    detail = "Only an administrator may look at modules and switch them."


class ModuleOfTheCore(Conflict):
    """Without it nobody could sign in, or switch anything back on."""

    code = "modules.core"
    title = "This module belongs to the core"
    detail = "Modulon cannot run without this module, so it cannot be disabled. Nothing was changed."


class ModuleNeeded(Conflict):
    """Others that are enabled require it. *dependents* names them."""

    code = "modules.needed"
    title = "Other modules need this one"
    detail = "{dependents} cannot run without {module}. Nothing was changed; disable them as well, or leave it on."


class ModuleNeeds(Conflict):
    """It requires some that are disabled. *required* names them."""

    code = "modules.needs"
    title = "This module needs others"
    detail = "{module} needs {required}, disabled at the moment. Nothing was changed; enable what it needs as well."


class ModuleBlocked(Conflict):
    """It cannot run as it is. *reason* says why."""

    code = "modules.blocked"
    title = "This module cannot run"
    detail = "{module} cannot run as it is. Nothing was changed. {reason}"


class UpdateRefused(Conflict):
    """The new code does not fit. *reason* says why."""

    code = "modules.update_refused"
    title = "The module was not updated"
    detail = "The new code of {module} cannot take the place of the old, which goes on. {reason}"


class UpdateWithServer(Conflict):
    """Only a server for work on modules takes code while it runs."""

    code = "modules.update_with_server"
    title = "Modules are updated with the server"
    detail = "Install the new version of {module} and start the server again. Nothing was changed."
