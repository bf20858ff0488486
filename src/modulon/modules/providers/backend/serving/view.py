"""The models one set of providers offers, by every name that leads to them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from modulon.modules.providers.backend.contract import OfferedModel, ResolvedModel
from modulon.modules.providers.backend.errors import ModelAmbiguous, ModelUnknown

from .snapshot import Snapshot

LONGEST_NAME: Final = 300


class View:
    """What a principal sees. Shared by all who see the same."""

    __slots__ = ("_ambiguous", "_by_name", "_by_slug", "offers", "snapshots")

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self.snapshots: dict[UUID, Snapshot] = {one.source.id: one for one in snapshots}
        offers = [offer for one in snapshots for offer in one.offers]
        self.offers: tuple[OfferedModel, ...] = tuple(sorted(offers, key=lambda offer: not offer.model.pinned))
        # Built-in providers have no models but those they list.
        self._by_slug = {one.source.slug: one for one in snapshots if not one.source.built_in}
        self._by_name, self._ambiguous = _names(self.offers)

    def resolve(self, name: str) -> ResolvedModel:
        """The model called *name*. Raises `ModelUnknown`, or `ModelAmbiguous` with the full names."""
        found = self._by_name.get(name)
        if found is not None:
            return found
        several = self._ambiguous.get(name)
        if several is not None:
            raise ModelAmbiguous(params={"names": ", ".join(several)})
        return self._unlisted(name)

    def _unlisted(self, name: str) -> ResolvedModel:
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise ModelUnknown
        slug, _, rest = name.partition("/")
        provider = self._by_slug.get(slug) if rest else None
        vendor_id = rest
        if provider is None and len(self._by_slug) == 1:
            (provider,) = self._by_slug.values()
            vendor_id = name
        if provider is None or vendor_id in provider.disabled:
            raise ModelUnknown
        return provider.source.unlisted(vendor_id)


def _names(offers: Sequence[OfferedModel]) -> tuple[dict[str, ResolvedModel], dict[str, list[str]]]:
    """Every unambiguous name, and the ambiguous bare ones with the full names they may mean."""
    bare: dict[str, list[ResolvedModel]] = {}
    for offer in offers:
        bare.setdefault(offer.model.vendor_id, []).append(offer.model)
    by_name = {vendor_id: found[0] for vendor_id, found in bare.items() if len(found) == 1}
    by_name |= {offer.model.alias: offer.model for offer in offers if offer.model.alias}
    by_name |= {offer.model.id: offer.model for offer in offers}  # a full name wins over a bare one that looks like it
    several = {name: [model.id for model in found] for name, found in bare.items() if len(found) > 1}
    # A name of one's own wins over a vendor's.
    return by_name, several
