"""What the caller must correct."""

from modulon.sdk import Invalid


class ConsumerMissing(Invalid):
    """An event may be a dead letter of several consumers."""

    code = "events.consumer_missing"
    detail = "Say of which consumer this event is a dead letter. Nothing was changed."
