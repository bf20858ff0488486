"""What can go wrong with credentials, people and workspaces."""

from modulon.sdk.errors import Conflict, Denied, NotFound, TooMany, Unauthenticated, Unavailable


class SignInFailed(Unauthenticated):
    """Unknown account or wrong password: the same answer. `params`: *tries* left before a pause of *minutes*."""

    code = "identity.sign_in_failed"
    title = "Email or password is not right"
    detail = "Email or password is not right. Check both and try again."


class SignInPaused(TooMany):
    """Too many wrong passwords. `params`: *minutes* to wait."""

    code = "identity.sign_in_paused"
    title = "Too many tries"
    detail = "There were too many wrong passwords. Signing in is paused; wait and try again."


class SignInBusy(Unavailable):
    """More people sign in at this moment than passwords can be checked for."""

    code = "identity.sign_in_busy"
    detail = "Many people are signing in at this moment. Try again in a few seconds."


class Suspended(Denied):
    """The password is right, the account is suspended."""

    code = "identity.suspended"
    title = "This account is suspended"
    detail = "This account is suspended. Ask an administrator to restore it."


class LinkInvalid(Denied):
    """A link that works once is used, revoked, too old, or never was: the same answer."""

    code = "identity.link_invalid"
    title = "This link does not work"
    detail = "This link was used already, was taken back, or is too old. Nothing was changed; ask for a new one."


class PasswordWrong(Denied):
    """The present password, asked for before a change, is another one. `params`: as of `SignInFailed`."""

    code = "identity.password_wrong"
    title = "This is not your password"
    detail = "This is not your present password. Nothing was changed; check it and try again."


class BrowserOnly(Denied):
    """What only someone who has signed in may do, not a program with a key."""

    code = "identity.browser_only"
    title = "An API key cannot do this"
    detail = "An API key cannot change an account's credentials. Nothing was changed; sign in and do it there."


class Oneself(Conflict):
    """Administrators cannot lock themselves out."""

    code = "identity.oneself"
    title = "You cannot do this to yourself"
    detail = "You cannot suspend, delete or demote yourself. Nothing was changed; ask another administrator."


class LastAdmin(Conflict):
    """Somebody must be left who can look after the server."""

    code = "identity.last_admin"
    title = "This is the last administrator"
    detail = "Nobody else could look after the server. Nothing was changed; make someone else an administrator first."


class OwnerSuspended(Denied):
    """Work on behalf of someone who may no longer do it."""

    code = "identity.owner_suspended"
    title = "Stopped: its owner may not do this any more"
    detail = "The person this runs for is suspended or no longer a member of the workspace."


class PlainHttp(Denied):
    """A password would cross a public network in plain text."""

    code = "identity.plain_http"
    title = "This connection is not encrypted"
    detail = (
        "Signing in over plain HTTP is possible on this machine or a private network only. Open the server by "
        "https://. If a proxy in front of it already does HTTPS, name that proxy in MODULON_TRUSTED_PROXIES."
    )


class SetupDone(Conflict):
    """The first administrator exists."""

    code = "identity.setup_done"
    title = "This server is set up already"
    detail = "This server has an administrator already. Nothing was changed; sign in, or ask for an account."


class SetupLinkInvalid(Denied):
    """The set-up link's token is unknown or too old."""

    code = "identity.setup_link_invalid"
    title = "This set-up link does not work"
    detail = "The set-up link is wrong or older than 60 minutes. Restart the server: it prints a new one."


class EmailTaken(Conflict):
    """Another account has this email address."""

    code = "identity.email_taken"
    title = "There is an account with this email"
    detail = "Another account has this email address. Nothing was changed; choose another one."


class SessionEnded(Unauthenticated):
    """The session ended, expired or never was."""

    code = "identity.session_ended"
    detail = "This session has ended. Sign in again."


class KeyRefused(Unauthenticated):
    """The API key is unknown, revoked or expired, or its owner suspended."""

    code = "identity.key_refused"
    title = "This API key does not work"
    detail = "The API key is unknown, revoked or expired. Make a new one in the settings."


class KeyInAddress(Unauthenticated):
    """An API key in an address ends up in logs and histories."""

    code = "identity.key_in_address"
    title = "An API key does not belong into the address"
    detail = (
        "The request had an API key in its address, where logs and histories keep it. It was refused. Send it as "
        "`Authorization: Bearer …`, and replace this key."
    )


class CrossSite(Denied):
    """A browser sent this on behalf of another site."""

    code = "identity.cross_site"
    title = "This came from another site"
    detail = "The browser says that another site made this request. Nothing was changed; do it from Modulon's own page."


class AdminOnly(Denied):
    """Only an administrator may do it."""

    code = "identity.admin_only"
    title = "Only an administrator may do this"
    detail = "This changes the server for everyone. Ask an administrator."


class ScopeMissing(Denied):
    """The API key was not made for this."""

    code = "identity.scope_missing"
    title = "This key may not do that"
    detail = "The API key lacks the scope for this. Make a key that has it."


class ScopeExceeded(Denied):
    """A key would have more rights than who makes it. `params`: *scope*."""

    code = "identity.scope_exceeded"
    title = "A key cannot have more rights than you"
    detail = "The key would have a right that you do not have. Nothing was created; choose fewer."


class TooManyKeys(Conflict):
    """The limit of keys of one person. `params`: *limit*."""

    code = "identity.too_many_keys"
    title = "Too many API keys"
    detail = "You have as many API keys as this server allows. Revoke one you no longer need."


class WorkspaceUnknown(NotFound):
    """Absent or foreign: the answer is the same."""

    code = "identity.workspace_unknown"
    title = "There is no such workspace"
    detail = "There is no workspace with this id that you may see."


class WorkspaceNameTaken(Conflict):
    """The owner has another workspace of this name."""

    code = "identity.workspace_name_taken"
    title = "You have a workspace with this name"
    detail = "Another of your workspaces has this name. Nothing was changed; choose another one."


class WorkspacePersonal(Conflict):
    """The personal workspace lives as long as its owner."""

    code = "identity.workspace_personal"
    title = "This workspace stays"
    detail = "Your personal workspace cannot be deleted."


class WorkspaceManagerOnly(Denied):
    """Only a manager may change a workspace."""

    code = "identity.workspace_manager_only"
    title = "Only a manager may do this"
    detail = "You may use this workspace but not change it. Ask one of its managers."


class TooManyWorkspaces(Conflict):
    """The limit of workspaces of one person. `params`: *limit*."""

    code = "identity.too_many_workspaces"
    title = "Too many workspaces"
    detail = "You have as many workspaces as this server allows. Delete one you no longer need."
