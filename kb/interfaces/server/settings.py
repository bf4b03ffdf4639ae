"""How a library is served: addresses, names, limits. Read once, where the program starts."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.errors import UsageError

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
MEBIBYTE: Final = 1024 * 1024


def default_users_path() -> Path:
    """``KB_USERS``, else ``kb/users.json`` in the user's configuration folder."""
    if given := os.environ.get("KB_USERS"):
        return Path(given)
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "kb" / "users.json"


def is_loopback(host: str) -> bool:
    """Whether an address or name reaches only this machine; a name that is not ``localhost`` does not count."""
    name = host.strip("[]").casefold()
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one visitor may send at once. Sizes in bytes, times in seconds."""

    request_body: int = MEBIBYTE
    """Of a request that uploads nothing."""
    upload_body: int = 200 * MEBIBYTE
    """Of an upload, all files together."""
    upload_files: int = 20
    questions_at_once: int = 2
    """Searching holds Python's lock for most of its time: more at once would only make each slower."""
    wait: float = 30.0
    """How long a question may wait for its turn before the server says that it is busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Where and for whom a library is served.

    ``public_hosts`` are the names by which people reach the server, if not its own address; naming one that is not
    this machine needs users, as listening beyond it does. ``trusted_proxies`` are the addresses whose
    ``X-Forwarded-For``, ``X-Forwarded-Proto`` and, if set, ``proxy_user_header`` are believed.
    """

    library: Path
    users: Path
    host: str = "127.0.0.1"
    port: int = 7860
    public_hosts: tuple[str, ...] = ()
    certificate: Path | None = None
    private_key: Path | None = None
    trusted_proxies: tuple[str, ...] = ()
    proxy_user_header: str | None = None
    audit_log: Path | None = None
    audit_questions: bool = False
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other; raises `UsageError`."""
        if self.proxy_user_header and not self.trusted_proxies:
            raise UsageError(
                "A header that names the user is believed from nobody.",
                next_step="Name the proxy that sets it: --trusted-proxy 127.0.0.1.",
            )
        for address in self.trusted_proxies:
            try:
                ipaddress.ip_network(address)
            except ValueError as error:
                raise UsageError(
                    f"{address!r} is not the address of a proxy.",
                    next_step="Write an address or a network, such as 10.0.0.5 or 10.0.0.0/24.",
                ) from error
        if bool(self.certificate) != bool(self.private_key):
            raise UsageError(
                "A certificate and its key go together.", next_step="Give --certificate and --private-key."
            )

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach the server, so that it may be open."""
        return is_loopback(self.host) and all(is_loopback(name) for name in self.public_hosts)

    @property
    def allowed_hosts(self) -> frozenset[str] | None:
        """Names a request's ``Host`` may have, in lower case; ``None`` for any: the server listens everywhere."""
        names = {name.strip("[]").casefold() for name in self.public_hosts}
        if is_loopback(self.host):
            return frozenset(names | LOOPBACK_NAMES)
        if names:
            return frozenset(names | {self.host.strip("[]").casefold()})
        wildcard = self.host in {"", "0.0.0.0", "::", "[::]"}  # noqa: S104 - compared, not listened on
        return None if wildcard else frozenset({self.host.strip("[]").casefold()})

    def trusts(self, address: str | None) -> bool:
        """Whether what a peer at this address says about its visitors is believed."""
        if not address or not self.trusted_proxies:
            return False
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(peer in ipaddress.ip_network(proxy) for proxy in self.trusted_proxies)
