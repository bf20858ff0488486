"""Errors, named by who must act: answers to requests first, then the ways in which a run can end."""

from typing import Final

from modulon.sdk import Conflict, Denied, Invalid, NotFound, Problem, Unavailable, UpstreamFailed
from modulon.sdk.inference import ModelFault


class ConversationUnknown(NotFound):
    """Absent or not the caller's."""

    code = "chat.conversation_unknown"
    detail = "There is no such conversation, or it is not yours. It may have been deleted."


class FolderUnknown(NotFound):
    """Absent or not the caller's."""

    code = "chat.folder_unknown"
    detail = "There is no such folder, or it is not yours. Nothing was moved."


class FolderNamed(Conflict):
    """The caller must choose another name."""

    code = "chat.folder_named"
    detail = "You have a folder of that name already. Choose another name."


class MessageTwice(Invalid):
    """A file is broken. `params`: *message*."""

    code = "chat.message_twice"
    detail = "The message {message} is there twice."


class MessageUnplaced(Invalid):
    """A file is broken. `params`: *message* and its *parent*."""

    code = "chat.message_unplaced"
    detail = "The message {message} follows {parent}, which does not come before it."


class MessageOutOfTurn(Invalid):
    """A file is broken. `params`: *message*."""

    code = "chat.message_out_of_turn"
    detail = "The message {message} cannot follow the one before it: questions and answers take turns."


class ShownMissing(Invalid):
    """A file is broken."""

    code = "chat.shown_missing"
    detail = "The message that is shown is not among the messages."


class CostHigh(Invalid):
    """A file is broken."""

    code = "chat.cost_high"
    detail = "No answer costs as much as this."


class FolderNameEmpty(Invalid):
    """The caller must give a name."""

    code = "chat.folder_name_empty"
    detail = "A folder needs a name. Nothing was changed."


class MessageUnknown(NotFound):
    """Absent, not the caller's, or of another conversation."""

    code = "chat.message_unknown"
    detail = "There is no such message in this conversation. Nothing was sent; load the conversation again."


class RunUnknown(NotFound):
    """Absent or not the caller's."""

    code = "chat.run_unknown"
    detail = "There is no such run, or it is not yours. Its conversation may have been deleted."


class NotAnAnswer(Invalid):
    """The caller named a message a person wrote where an answer is needed."""

    code = "chat.not_an_answer"
    detail = "This needs an answer of a model, not a message a person wrote. Nothing was changed."


class ModelMissing(Invalid):
    """Neither the request nor the conversation says which model to ask."""

    code = "chat.model_missing"
    detail = "Choose a model first. Nothing was sent."


class StillAnswering(Conflict):
    """The caller must wait for the answer or stop it."""

    code = "chat.still_answering"
    detail = "The answer before this is still being written. Wait for it or stop it, then send again."


class NothingToContinue(Conflict):
    """The run ended by itself, still goes on, or was followed by another one."""

    code = "chat.nothing_to_continue"
    detail = "There is nothing to continue here: the answer is complete, or another attempt followed it."


# How a run can end. They are stored with the run and shown in its answer.


class ServerStopped(Unavailable):
    """The server ended or was killed while the answer was being written."""

    code = "chat.server_stopped"
    detail = "The server stopped while this was being written. All text that had arrived is kept; you can continue."


class OwnerSuspended(Denied):
    """The person's account was suspended, or left the workspace."""

    code = "chat.owner_suspended"
    detail = "The answer was stopped because your access to this workspace ended. All text that had arrived is kept."


class TimeLimit(Problem):
    """The answer took longer than the operator allows."""

    code = "chat.time_limit"
    detail = "The answer took longer than this server allows and was stopped. All text that had arrived is kept."


class SizeLimit(Problem):
    """The answer grew larger than the operator allows."""

    code = "chat.size_limit"
    detail = "The answer grew larger than this server allows and was stopped. All text that had arrived is kept."


class RunFailed(Problem):
    """A mistake of ours; the log has the details."""

    code = "chat.run_failed"
    detail = "Something went wrong on this server while answering. Your message is kept; try again."


class EmptyAnswer(UpstreamFailed):
    """The provider ended the answer without any content."""

    code = "chat.empty_answer"
    detail = "The model ended without writing anything. Your message is kept; try again or choose another model."


class ModelAuth(UpstreamFailed):
    """An admin must correct the provider's key."""

    code = "chat.model_auth"
    detail = "The provider refused its key. Your message is kept; an admin can correct the key."


class ModelQuota(UpstreamFailed):
    """Somebody must pay, or a period must pass."""

    code = "chat.model_quota"
    detail = "The provider says its quota is used up. Your message is kept; choose another model or ask an admin."


class ModelRate(UpstreamFailed):
    """The person must wait."""

    code = "chat.model_rate"
    detail = "The provider is receiving too many requests. Your message is kept; wait a little and try again."


class ModelOverload(UpstreamFailed):
    """The provider must recover."""

    code = "chat.model_overload"
    detail = "The provider is overloaded or failing. Your message is kept; try again, or choose another model."


class ModelContext(UpstreamFailed):
    """The person must shorten."""

    code = "chat.model_context"
    detail = "This conversation is too long for the model. Begin a new one, or choose a model with a larger context."


class ModelPolicy(UpstreamFailed):
    """The person must ask for something else."""

    code = "chat.model_policy"
    detail = "The provider declined to answer this because of its content rules. Change the message and send it again."


class ModelNetwork(UpstreamFailed):
    """The connection broke."""

    code = "chat.model_network"
    detail = "The connection to the provider failed or broke off. All text that had arrived is kept; try again."


class ModelTimeout(UpstreamFailed):
    """The provider must answer sooner."""

    code = "chat.model_timeout"
    detail = "The provider did not answer in time. All text that had arrived is kept; try again."


class ModelBadResponse(UpstreamFailed):
    """The provider sent something unusable."""

    code = "chat.model_bad_response"
    detail = "The provider sent something that could not be read. All text that had arrived is kept; try again."


class ModelUnknown(UpstreamFailed):
    """The model is gone, disabled or not granted."""

    code = "chat.model_unknown"
    detail = "This model is not available. Your message is kept; choose another model."


MODEL_FAULTS: Final[dict[ModelFault, type[Problem]]] = {
    "auth": ModelAuth,
    "quota": ModelQuota,
    "rate": ModelRate,
    "overload": ModelOverload,
    "context": ModelContext,
    "policy": ModelPolicy,
    "network": ModelNetwork,
    "timeout": ModelTimeout,
    "bad_response": ModelBadResponse,
    "unknown_model": ModelUnknown,
}
"""What a provider's fault means to the person who asked."""
