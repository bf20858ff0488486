"""What can go wrong with providers and models, named by who must act."""

from typing import ClassVar

from modulon.sdk import Conflict, Invalid, NotFound
from modulon.sdk.inference import ModelFailed, ModelFault


class ProviderUnknown(NotFound):
    """Absent or not the caller's."""

    code = "providers.unknown"
    title = "There is no such provider"
    detail = "There is no provider with this id that you may see. It may have been removed."


class ModelUnknown(NotFound):
    """Absent, disabled, or offered by a provider the caller may not use."""

    code = "providers.model_unknown"
    title = "There is no such model"
    detail = "No provider you may use offers this model. Choose one from the list of models."


class ModelAmbiguous(NotFound):
    """Several providers offer the bare name. `params`: *names*, the full ones."""

    code = "providers.model_ambiguous"
    title = "Several providers offer this model"
    detail = "Several providers offer this model. Put the provider's short name in front, as in `provider/model`."


class ProviderNameTaken(Conflict):
    """Another provider of the workspace has this name."""

    code = "providers.name_taken"
    title = "There is a provider with this name"
    detail = "Another provider has this name. Nothing was changed; choose another one."


class AliasTaken(Conflict):
    """Another model has this name."""

    code = "providers.alias_taken"
    title = "There is a model with this name"
    detail = "Another model has this name of its own. Nothing was changed; choose another one."


class EndpointInvalid(Invalid):
    """The address of the provider is none."""

    code = "providers.endpoint_invalid"
    title = "This is not the address of a provider"
    detail = "Write the address as http://host:port/path or https://host/path, without user name, `?` or `#`."

    def __init__(self) -> None:
        super().__init__(at="/endpoint")


class PriceHigh(Invalid):
    """More than anybody asks. `params`: *maximum* for a million tokens."""

    code = "providers.price_high"
    title = "This price is too high"
    detail = "A million tokens cost {maximum} at most. Nothing was changed; correct the amount."


class TypeUnknown(Invalid):
    """No module speaks this type of provider."""

    code = "providers.type_unknown"
    title = "This type of provider is not known"
    detail = "No module on this server speaks to providers of this type. Nothing was saved."


class ProviderFailed(ModelFailed):
    """A provider failed in the way *kind* says; *again* that asking again may help."""

    code = "providers.failed"
    kind: ClassVar[ModelFault] = "bad_response"
    again: ClassVar[bool] = False
    detail = "The provider did not answer as expected. Try again; if it goes on, test the provider in its settings."

    def __init__(self, detail: str | None = None, *, retry_after: float | None = None) -> None:
        cls = type(self)
        super().__init__(cls.kind, detail or cls.detail, retry=cls.again, retry_after=retry_after)


class KeyRefused(ProviderFailed):
    """The admin must correct the key."""

    code = "providers.key_refused"
    title = "The provider refused the key"
    kind = "auth"
    detail = "The provider refused its API key, or the key may not use this. An admin can enter a working key."


class QuotaExhausted(ProviderFailed):
    """The admin must pay or choose another provider."""

    code = "providers.quota_exhausted"
    title = "The provider's quota is used up"
    kind = "quota"
    detail = (
        "The provider says that its quota or credit is used up. Choose another model, or ask an admin to add credit."
    )


class RateLimited(ProviderFailed):
    """Time must pass."""

    code = "providers.rate_limited"
    title = "Too many requests to the provider"
    kind = "rate"
    again = True
    detail = "The provider is receiving too many requests. Wait a little and try again, or choose another model."


class Overloaded(ProviderFailed):
    """The provider must recover."""

    code = "providers.overloaded"
    title = "The provider is overloaded or failing"
    kind = "overload"
    again = True
    detail = "The provider is overloaded or failing. Try again in a moment, or choose another model."


class ContextTooLong(ProviderFailed):
    """The person must shorten the conversation or choose another model."""

    code = "providers.context_too_long"
    title = "Too long for this model"
    kind = "context"
    detail = "This is longer than the model can read. Shorten it, begin a new conversation, or choose a larger model."


class ContentRefused(ProviderFailed):
    """The person must ask for something else."""

    code = "providers.content_refused"
    title = "The provider declined"
    kind = "policy"
    detail = "The provider declined to answer because of its content rules. Change the message and try again."


class ConnectionFailed(ProviderFailed):
    """Nothing answers at the address, or the connection broke."""

    code = "providers.connection_failed"
    title = "No connection to the provider"
    kind = "network"
    again = True
    detail = (
        "The provider could not be reached, or the connection broke. Check that it runs and that its address is right."
    )


class HostUnknown(ConnectionFailed):
    """The admin must correct the host's name, or the operator its resolver."""

    code = "providers.host_unknown"
    title = "The provider's host is not known"
    detail = "The name of the provider's host is not known here. Check how its address is written, and the network."


class CertificateRefused(ConnectionFailed):
    """The operator must trust the certificate, or the admin write `http://`."""

    code = "providers.certificate_refused"
    title = "No trusted connection to the provider"
    again = False
    detail = (
        "The provider's certificate is not trusted here, or it does not speak HTTPS on this port. Nothing was sent. "
        "Check its address: servers on one's own machine often need http://."
    )


class AddressForbidden(ConnectionFailed):
    """The admin must choose another address."""

    code = "providers.address_forbidden"
    title = "This address may not be reached"
    again = False
    detail = "This server does not connect to such an address. Nothing was sent. Check the provider's address."


class Paused(ProviderFailed):
    """Time must pass: the provider failed several times in a row and is left alone for a while."""

    code = "providers.paused"
    title = "The provider is paused after failures"
    kind = "overload"
    detail = (
        "The provider failed several times in a row, so it is not asked for a moment. Choose another model, or try "
        "again shortly."
    )


class NoAnswer(ProviderFailed):
    """Nothing came in time."""

    code = "providers.no_answer"
    title = "The provider did not answer in time"
    kind = "timeout"
    again = True
    detail = "The provider did not answer in time. Try again, or choose another model."


class BadResponse(ProviderFailed):
    """Something answers that does not speak this wire format, or refuses the request as malformed."""

    code = "providers.bad_response"
    title = "The provider's answer could not be understood"
    kind = "bad_response"
    detail = "The provider sent something that could not be read. Check its address: most end with /v1."


class WrongAddress(BadResponse):
    """The admin must correct the address: a web page answers, or nothing is there."""

    code = "providers.wrong_address"
    title = "There is no provider at this address"
    detail = (
        "Something answers at this address, but it is not a provider: a web page, or nothing at this path. Check the "
        "address: most end with /v1."
    )


class RequestRefused(ProviderFailed):
    """The provider does not accept what was asked."""

    code = "providers.request_refused"
    title = "The provider refused the request"
    kind = "bad_response"
    detail = "The provider refused the request: the model may not support what was asked of it. Choose another model."


class ModelNotOffered(ProviderFailed):
    """The provider no longer has the model."""

    code = "providers.model_not_offered"
    title = "The provider does not have this model"
    kind = "unknown_model"
    detail = "The provider does not have this model, or not for this key. Refresh its models and choose another one."
