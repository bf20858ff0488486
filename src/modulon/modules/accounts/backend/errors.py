"""What people must correct. Refused credentials are core's (`identity.*`)."""

from modulon.sdk import Invalid


class EmailInvalid(Invalid):
    """It does not look like an email address."""

    code = "accounts.email_invalid"
    title = "This is no email address"
    detail = "This does not look like an email address. Nothing was changed; correct it and send it again."


class NameMissing(Invalid):
    """A name of spaces only."""

    code = "accounts.name_missing"
    title = "A name is missing"
    detail = "A name is missing. Nothing was changed; give one and send it again."


class PasswordShort(Invalid):
    """Too short to withstand guessing. `params`: *minimum* characters."""

    code = "accounts.password_short"
    title = "The password is too short"
    detail = "A password has at least {minimum} characters. Nothing was changed; choose a longer one."


class ExpiryPast(Invalid):
    """A key that would never work."""

    code = "accounts.expiry_past"
    title = "The expiry lies in the past"
    detail = "The key would have expired already. Nothing was created; choose a later time."
