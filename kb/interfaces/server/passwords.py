"""Passwords and tokens: made, hashed, compared. Nothing here is stored or sent.

Passwords are hashed with scrypt (RFC 7914) at the cost OWASP's Password Storage Cheat Sheet names, N=2^15, r=8, p=3:
32 MiB and about a quarter of a second. Tokens are 256 random bits, so one round of SHA-256 is enough for them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any, Final

from kb.errors import UsageError

MIN_PASSWORD: Final = 12
MAX_PASSWORD: Final = 1024
TOKEN_PREFIX: Final = "kb_"  # noqa: S105 - so that a token is known for one when it is found where it should not be
_N: Final = 2**15
_R: Final = 8
_P: Final = 3
_MAX_N: Final = 2**20
_MAX_MEMORY: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordHash:
    """A password as it is stored: the cost it was hashed at, its salt, its hash."""

    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def matches(self, password: str) -> bool:
        """Whether this is the password; takes as long either way."""
        return hmac.compare_digest(_scrypt(password, self.salt, self.n, self.r, self.p), self.digest)

    def to_json(self) -> dict[str, Any]:
        """For the users file."""
        return {
            "kdf": "scrypt",
            "n": self.n,
            "r": self.r,
            "p": self.p,
            "salt": self.salt.hex(),
            "hash": self.digest.hex(),
        }

    @classmethod
    def from_json(cls, data: Any) -> PasswordHash:
        """Raises `KeyError`, `TypeError` or `ValueError` if it is none."""
        n = int(data["n"])
        if data["kdf"] != "scrypt" or not 1 < n <= _MAX_N:
            raise ValueError("unknown password hash")
        return cls(
            n=n,
            r=int(data["r"]),
            p=int(data["p"]),
            salt=bytes.fromhex(data["salt"]),
            digest=bytes.fromhex(data["hash"]),
        )


def hash_password(password: str, *, name: str = "") -> PasswordHash:
    """Hash a new password.

    Raises:
        UsageError: If it is too short, too long, or the user's name.
    """
    if len(password) < MIN_PASSWORD or password.casefold() == name.casefold():
        raise UsageError(
            "The password is too easy to guess.",
            next_step=f"Choose one of at least {MIN_PASSWORD} characters that is not the name; several words are good.",
        )
    if len(password) > MAX_PASSWORD:
        raise UsageError(
            "The password is too long.", next_step=f"Choose one of at most {MAX_PASSWORD} characters."
        )
    salt = secrets.token_bytes(16)
    return PasswordHash(n=_N, r=_R, p=_P, salt=salt, digest=_scrypt(password, salt, _N, _R, _P))


def new_token() -> str:
    """A token for a program: shown once, stored hashed."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# What a password is compared with when there is no such user, so that names cannot be told by time.
NOBODY: Final = PasswordHash(n=_N, r=_R, p=_P, salt=bytes(16), digest=bytes(64))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=_MAX_MEMORY, dklen=64
    )
