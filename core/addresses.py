"""Network addresses: of clients, as limits count them, and of the site itself."""

import ipaddress
from urllib.parse import urlsplit

from django.http import HttpRequest

NOWHERE = "local"
"""Who speaks through a Unix socket has no address."""
ONE_CLIENT = 64
"""A provider gives each customer an IPv6 network of this prefix or a larger one; its addresses are one client."""


def client_address(request: HttpRequest) -> str:
    """The address that a request came from."""
    return request.META.get("REMOTE_ADDR") or NOWHERE


def counted_as(address: str) -> str:
    """The name under which limits count an address: its /64 network for IPv6, the address itself for anything else."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), ONE_CLIENT), strict=False))


def is_local(url: str) -> bool:
    """Whether an address of a site leads to this machine, under a name that no other machine can use."""
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
