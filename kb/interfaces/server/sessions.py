"""Sessions of people who have signed in, and how often somebody may try to.

Both live in the server's memory: a restart signs everybody out, and signing out takes effect at once. Sessions are kept
by the hash of their token, so that what is in memory signs nobody in.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kb.interfaces.server.passwords import token_hash
from kb.interfaces.server.users import User

LIFETIME: Final = 12 * 3600.0
"""Seconds after which one has to sign in again, whatever one does."""
IDLE: Final = 2 * 3600.0
"""Seconds without a request after which a session ends."""
_MAX_SESSIONS: Final = 10_000
_MAX_TRACKED: Final = 50_000
_MAX_WAIT: Final = 900.0
_FORGET: Final = 3600.0


@dataclass(slots=True)
class _Session:
    name: str
    stamp: str
    began: float
    used: float


class Sessions:
    """Who has signed in. ``clock`` gives seconds that only grow."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, user: User) -> str:
        """Sign a user in; gives the token for the cookie."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._drop_ended(now)
            while len(self._sessions) >= _MAX_SESSIONS:
                self._sessions.popitem(last=False)
            self._sessions[token_hash(token)] = _Session(user.name, _stamp(user), now, now)
        return token

    def find(self, token: str, users: dict[str, User]) -> User | None:
        """Whose session this is; none if it has ended, or the user is gone or has another password since."""
        now, key = self._clock(), token_hash(token)
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            user = users.get(session.name)
            if self._has_ended(session, now) or user is None or _stamp(user) != session.stamp:
                del self._sessions[key]
                return None
            session.used = now
            return user

    def end(self, token: str) -> None:
        """Sign out; a session that is not there has ended."""
        with self._lock:
            self._sessions.pop(token_hash(token), None)

    def _drop_ended(self, now: float) -> None:
        for key in [key for key, each in self._sessions.items() if self._has_ended(each, now)]:
            del self._sessions[key]

    @staticmethod
    def _has_ended(session: _Session, now: float) -> bool:
        return now - session.began > LIFETIME or now - session.used > IDLE


def _stamp(user: User) -> str:
    """Changes with the password."""
    return user.password.digest.hex() if user.password else ""


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0


class Attempts:
    """Failed sign-ins, by user and address together, by address, and by user: each has its number of free failures.

    After those every failure doubles the wait, from a second to fifteen minutes. A stranger who guesses at a name from
    one address does not lock its owner out at another, unless the guesses come from everywhere.
    """

    FREE: Final = {"pair": 5, "address": 20, "user": 50}

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[tuple[str, ...], _Failures] = OrderedDict()

    def wait(self, name: str, address: str) -> float:
        """Seconds until the next attempt is looked at; 0 if now."""
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, now) for key in _keys(name, address)]
        return max(0.0, *waits)

    def failed(self, name: str, address: str) -> None:
        """Count a failure; done before the password is looked at, so that many guesses at once are not all free."""
        now = self._clock()
        with self._lock:
            for key in _keys(name, address):
                found = self._failures.setdefault(key, _Failures())
                if now - found.last > _FORGET:
                    found.count = 0
                found.count, found.last = found.count + 1, now
                self._failures.move_to_end(key)
            while len(self._failures) > _MAX_TRACKED:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of this user at this address, and that this attempt was counted as one elsewhere."""
        pair, *others = _keys(name, address)
        with self._lock:
            self._failures.pop(pair, None)
            for key in others:
                if key in self._failures:
                    self._failures[key].count -= 1

    def _wait(self, key: tuple[str, ...], now: float) -> float:
        found = self._failures.get(key)
        over = found.count - self.FREE[key[0]] if found else -1
        if found is None or over < 0:
            return 0.0
        return found.last + min(2.0 ** min(over, 20), _MAX_WAIT) - now


def _keys(name: str, address: str) -> tuple[tuple[str, ...], ...]:
    return ("pair", name, address), ("address", address), ("user", name)
