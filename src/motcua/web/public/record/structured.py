"""The record for machines: schema.org GovernmentService as JSON-LD. Only what is certain goes in."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Channel, FeeKind, ProcedureVersion
from motcua.procedures.rules.agency_names import usual_name
from motcua.web.public.addresses import official_url, readable_url
from motcua.web.public.record.ways import Way

_MOST_AGENCIES = 10
_LONGEST = 500  # letters of a description
# A data block isn't run, so the policy lets it stand; what could end it or begin another must not appear in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured(version: ProcedureVersion, offered: Sequence[OfferingVersion], ways: Sequence[Way]) -> SafeString:
    """The text of the `application/ld+json` block."""
    url = readable_url(version.procedure.code, version.short_name)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": version.short_name,
        "identifier": {
            "@type": "PropertyValue", "propertyID": "Mã thủ tục hành chính", "value": version.procedure.code,
        },
        "serviceType": version.field.name,
        "areaServed": {"@type": "AdministrativeArea", "name": settings.PORTAL["place"]},
        "provider": _provider(version),
        "availableChannel": [*_desks(offered, version), *_elsewhere(version)],
        "offers": _offers(version),
    }  # fmt: skip
    if version.name != version.short_name:
        data["alternateName"] = version.name
    if version.source_name:
        data["subjectOf"] = _source(version)
    if version.summary:
        data["description"] = version.summary[:_LONGEST]
    if version.audience:
        data["audience"] = [{"@type": "Audience", "audienceType": one} for one in version.audience]
    if version.results:
        data["serviceOutput"] = [{"@type": "Thing", "name": one["name"]} for one in version.results]
    full = {key: value for key, value in data.items() if value not in ([], None)}
    return mark_safe(json.dumps(full, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 (escaped above)


def _source(version: ProcedureVersion) -> dict[str, str]:
    """What the record was imported from, with its page where the state has one."""
    source = {"@type": "CreativeWork", "name": version.source_name}
    url = official_url(version.portal_url)
    return {**source, "url": url} if url else source


def _provider(version: ProcedureVersion) -> list[dict[str, str]]:
    names = version.agencies.get("performing") or ([version.agency_text] if version.agency_text else [])
    return [{"@type": "GovernmentOrganization", "name": usual_name(name)} for name in names[:_MOST_AGENCIES]]


def _desks(offered: Sequence[OfferingVersion], version: ProcedureVersion) -> list[dict[str, Any]]:
    """Where it can be done online here."""
    url = f"{settings.BASE_URL}/thu-tuc/{version.procedure.code}/nop/"
    return [
        {
            "@type": "ServiceChannel",
            "serviceUrl": f"{url}?co-quan={one.offering.agency.slug}",
            "servicePhone": {"@type": "ContactPoint", "telephone": one.offering.agency.phone},
            "serviceLocation": {
                "@type": "Place", "name": one.offering.agency.desk_name, "address": one.offering.agency.address,
            },
            "availableLanguage": "vi",
        }
        for one in offered[:_MOST_AGENCIES]
    ]  # fmt: skip


def _elsewhere(version: ProcedureVersion) -> list[dict[str, Any]]:
    url = official_url(version.portal_url)
    claimed = any(method.channel == Channel.ONLINE for method in version.methods.all())
    return [{"@type": "ServiceChannel", "serviceUrl": url, "availableLanguage": "vi"}] if url and claimed else []


def _offers(version: ProcedureVersion) -> list[dict[str, str]]:
    """Prices, where every way has certain ones; otherwise none: a part of them would mislead."""
    methods = list(version.methods.all())
    if not methods or any(method.fee_kind not in {FeeKind.FREE, FeeKind.AMOUNTS} for method in methods):
        return []
    free = {("0", "VND", "")} if any(method.fee_kind == FeeKind.FREE for method in methods) else set()
    prices = free | {
        (str(fee["amount"]), fee.get("currency", "VND"), fee.get("note", ""))
        for method in methods
        for fee in method.fees
    }
    return [
        {"@type": "Offer", "price": price, "priceCurrency": currency} | ({"description": note} if note else {})
        for price, currency, note in sorted(prices)
    ]
