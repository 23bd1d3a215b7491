"""Who may read the metrics: programs that send METRICS_TOKEN or, if none is set, those on the same machine."""

import ipaddress
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.crypto import constant_time_compare

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
"""Headers that a proxy adds: the request came from elsewhere, whatever its address says."""

UNWANTED = "Metrics are for programs on this machine, not through a proxy. Set METRICS_TOKEN and send it as Bearer.\n"
SEND_IT = "Send METRICS_TOKEN as `Authorization: Bearer`.\n"


def refusal(peer: str, headers: Mapping[str, str]) -> str:
    """Why a request may not read the metrics, or empty text when it may.

    `peer` is the address that the connection came from; `headers` finds names in any case. Without METRICS_TOKEN the
    peer must be on this machine, the `Host` must name it too, and no header may show a proxy in between.
    """
    if settings.METRICS_TOKEN:
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        is_right = scheme.lower() == "bearer" and constant_time_compare(token.strip(), settings.METRICS_TOKEN)
        return "" if is_right else SEND_IT
    if _is_loopback(peer) and _is_local(headers.get("Host", "")) and not _any_of(FORWARDED, headers):
        return ""
    return UNWANTED


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if parsed.version == 6 else None
    return (mapped or parsed).is_loopback


def _is_local(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name == "localhost" or _is_loopback(name.strip("[]"))


def _any_of(names: Iterable[str], headers: Mapping[str, str]) -> bool:
    return any(name in headers for name in names)
