"""What people must correct. Unknown and foreign workspaces, and taken names, are core's (`identity.*`)."""

from modulon.sdk import Invalid


class NameMissing(Invalid):
    """A name of spaces only."""

    code = "workspaces.name_missing"
    title = "A name is missing"
    detail = "A name is missing. Nothing was changed; give one and send it again."
