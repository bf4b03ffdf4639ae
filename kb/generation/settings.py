"""Which language model is asked, and within what limits: from the environment, or a TOML file without the key.

Variables: ``KB_LLM_BASE_URL``, ``KB_LLM_MODEL``, ``KB_LLM_API_KEY``, ``KB_LLM_SETTINGS`` (the file) and ``KB_LLM``
("on" asks the model without ``--model``). A variable counts before the file.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kb.errors import LanguageModelError

_NEXT_STEP: Final = "Set KB_LLM_BASE_URL (such as http://127.0.0.1:11434/v1) and KB_LLM_MODEL; see README.md."
_FIELDS: Final[Mapping[str, type]] = {
    "base_url": str,
    "model": str,
    "on": bool,
    "deadline_s": float,
    "max_tokens": int,
}
_ON: Final = frozenset({"1", "on", "yes", "true"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """An OpenAI-compatible endpoint and the limits on one answer.

    Attributes:
        base_url: Up to and without ``/chat/completions``.
        model: The model's name there.
        api_key: Sent as a bearer token; empty sends none. Never shown.
        is_on: Whether it is asked where nothing else is said.
        deadline_s: Seconds from the question to the last byte, all attempts and waits included.
        attempts: How often at most a request is sent.
        backoff_s: Seconds before the second attempt; doubled before each further one.
        max_tokens: Of the reply.
        max_bytes: Of the reply as sent.
        max_evidence: Characters of all passages that are sent.
        max_passages: How many passages are sent.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    is_on: bool = False
    deadline_s: float = 60.0
    attempts: int = 3
    backoff_s: float = 0.5
    max_tokens: int = 800
    max_bytes: int = 262_144
    max_evidence: int = 9_000
    max_passages: int = 8

    def __post_init__(self) -> None:
        _check_url(self.base_url, has_key=bool(self.api_key))
        if not self.model.strip():
            raise LanguageModelError("No language model is named.", next_step=_NEXT_STEP)
        if not (self.api_key.isascii() and self.api_key.isprintable()) or " " in self.api_key:
            raise LanguageModelError(
                "KB_LLM_API_KEY holds characters that no key has.", next_step="Copy the key again."
            )
        if self.deadline_s <= 0 or self.max_tokens < 1:
            raise LanguageModelError(
                "deadline_s and max_tokens of the language model must be above 0.",
                next_step="Correct the settings file.",
            )


def load_settings(environment: Mapping[str, str]) -> ModelSettings | None:
    """Read the settings; ``None`` if no model is configured.

    Raises:
        LanguageModelError: If they cannot be read or make no sense; the key is never part of the message.
    """
    path = environment.get("KB_LLM_SETTINGS", "")
    values = _read(Path(path)) if path else {}
    for name in ("base_url", "model"):
        given = environment.get(f"KB_LLM_{name.upper()}", "").strip()
        if given:
            values[name] = given
    if "KB_LLM" in environment:
        values["on"] = environment["KB_LLM"].strip().casefold() in _ON
    if not values.get("base_url") and not values.get("model"):
        return None
    is_on = values.pop("on", False)
    return ModelSettings(
        base_url=values.pop("base_url", ""),
        model=values.pop("model", ""),
        api_key=environment.get("KB_LLM_API_KEY", "").strip(),
        is_on=is_on,
        **values,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LanguageModelError(
            f"The language model's settings in {path} cannot be read.", next_step="Check KB_LLM_SETTINGS."
        ) from error
    except tomllib.TOMLDecodeError:
        # Not chained: a parser may quote a line, and that line may hold a key.
        raise LanguageModelError(f"{path} is not TOML.", next_step="Correct the file.") from None
    if "api_key" in values or "key" in values:
        raise LanguageModelError(
            f"{path} holds a key, and files are copied and shared.",
            next_step="Remove it there, and set KB_LLM_API_KEY.",
        )
    for name, value in values.items():
        wanted = _FIELDS.get(name)
        fits = isinstance(value, (int, float) if wanted is float else wanted or ())
        if not fits or (wanted is not bool and isinstance(value, bool)):
            raise LanguageModelError(
                f"{path} has a setting {name!r} that is not understood.",
                next_step=f"It may hold: {', '.join(_FIELDS)}.",
            )
    return values


def _check_url(url: str, *, has_key: bool) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        raise LanguageModelError(
            "The language model's base URL is not an address such as http://127.0.0.1:11434/v1.",
            next_step=_NEXT_STEP,
        )
    if parts.username or parts.password:
        raise LanguageModelError(
            "The language model's base URL holds a user name or password.",
            next_step="Set KB_LLM_API_KEY instead.",
        )
    if has_key and parts.scheme == "http" and not _is_this_machine(host):
        raise LanguageModelError(
            "A key would be sent unencrypted to another machine.", next_step="Use an https:// base URL."
        )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
