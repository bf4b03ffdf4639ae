"""What every answer tells the browser: load nothing from elsewhere, run no script that the page did not bring.

Gradio's page carries its settings in inline scripts. Those are allowed one by one, by their hashes, so that a script
that gets into the page's text stays text. ``unsafe-eval`` has to stay: Gradio compiles components' handlers in the
browser (its ``js`` and ``gr.HTML``). Inline styles have to stay as well: its components set them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

_INLINE_SCRIPT: Final = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_STATIC: Final = ("/assets/", "/static/", "/svelte/")
_STATIC_CACHE: Final = "private, max-age=86400"
_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Gradio would let pages at other ports of this machine read its answers.
_DROPPED: Final = frozenset({b"server", b"access-control-allow-origin", b"access-control-allow-credentials"})

SANDBOX: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""For files that somebody else wrote: they run and load nothing."""
PDF: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For PDF files, which browsers show in a viewer of their own; a sandbox would forbid them the viewer."""
PLAIN: Final = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For pages without scripts."""


def page_policy(script_hashes: Iterable[str] = ()) -> str:
    """The policy for Gradio's page, given the hashes of its inline scripts."""
    scripts = " ".join(["'self'", "'unsafe-eval'", *(f"'sha256-{digest}'" for digest in script_hashes)])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        ]
    )


def script_hashes(html: bytes) -> list[str]:
    """SHA-256 of each inline script, in base64, as a policy names them."""
    found = {match[1] for match in _INLINE_SCRIPT.finditer(html)}
    return sorted(base64.b64encode(hashlib.sha256(script).digest()).decode() for script in found)


def secured(headers: Iterable[tuple[bytes, bytes]], *, path: str, policy: str) -> list[tuple[bytes, bytes]]:
    """Add what is missing to the headers of an answer; a route's own policy and caching stand."""
    kept = [(name, value) for name, value in headers if name.lower() not in _DROPPED]
    given = {name.lower() for name, _ in kept}
    is_static = path.startswith(_STATIC)
    wanted = {
        **_COMMON,
        "Content-Security-Policy": policy,
        "Cache-Control": _STATIC_CACHE if is_static else "no-store",
    }
    if is_static:  # Gradio's caching of its files would let a shared cache keep them
        kept = [(name, value) for name, value in kept if name.lower() != b"cache-control"]
        given.discard(b"cache-control")
    kept += [
        (name.encode("ascii"), value.encode("ascii"))
        for name, value in wanted.items()
        if name.lower().encode("ascii") not in given
    ]
    return kept
