"""What stands in the way of looking at the event log, or of delivering again."""

from modulon.sdk.errors import Conflict, Denied, Invalid, NotFound


class EventsDenied(Denied):
    """The log is for administrators."""

    code = "events.denied"
    detail = "Only an administrator may look at the event log and have events delivered again."


class EventUnknown(NotFound):
    """No event has that number, or it is not kept any more."""

    code = "events.unknown"
    detail = "There is no event of this number in the log."


class ConsumerUnknown(NotFound):
    """No consumer of that name has a place in the log."""

    code = "events.consumer_unknown"
    detail = "There is no consumer of this name."


class LetterUnknown(NotFound):
    """It was tried again or discarded meanwhile, or its event is not kept."""

    code = "events.letter_unknown"
    detail = "This event does not wait for this consumer any more. It was delivered or discarded meanwhile."


class PositionInvalid(Invalid):
    """A position in the log that was not made here."""

    code = "events.position"
    detail = "This is no position in the event log. Begin again without it."


class OffsetOutside(Invalid):
    """The consumer was never given that event: there is nothing to deliver *again*."""

    code = "events.offset"
    title = "Nothing can be delivered again from there"
    detail = (
        "{consumer} has come to event {last}, and the log begins with {first}. Choose a number between them."
        " Nothing was changed."
    )


class ChangedMeanwhile(Conflict):
    """Somebody else was faster."""

    code = "events.changed"
    title = "Dead letters changed meanwhile"
    detail = "Some of these dead letters were delivered or discarded by somebody else. Nothing was changed; look again."
