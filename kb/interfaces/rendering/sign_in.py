"""The pages of signing in and out: plain HTML, usable without scripts. Every string passes through escaping."""

from __future__ import annotations

from html import escape
from typing import Final

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/sign-in.css">
</head>
<body>
<main>
<h1>{heading}</h1>
{content}
</main>
</body>
</html>
"""


def sign_in(*, title: str, form_token: str, wanted: str, name: str = "", problem: str = "") -> str:
    """The form to sign in.

    Args:
        title: Of the whole site.
        form_token: What shows that the form was served here.
        wanted: Where to go afterwards.
        name: What was typed last time.
        problem: Why that did not work; empty the first time.
    """
    told = (
        f'<p class="problem" role="alert" id="problem"><strong>Not signed in.</strong> {escape(problem)}</p>'
        if problem
        else ""
    )
    described = ' aria-describedby="problem" aria-invalid="true"' if problem else ""
    content = f"""{told}
<form method="post" action="/sign-in">
<input type="hidden" name="form" value="{escape(form_token)}">
<input type="hidden" name="next" value="{escape(wanted)}">
<label for="name">User name</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required{described}{"" if name else " autofocus"}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 required{described}{" autofocus" if name else ""}>
<button type="submit">Sign in</button>
</form>"""
    return _PAGE.format(
        title=f"{'Error: ' if problem else ''}Sign in – {escape(title)}",
        heading=f"Sign in to {escape(title)}",
        content=content,
    )


def sign_out(*, title: str, name: str) -> str:
    """The question whether to sign out."""
    content = f"""<p>You are signed in as <strong>{escape(name)}</strong>.</p>
<form method="post" action="/sign-out">
<button type="submit">Sign out</button>
</form>
<p><a href="/">Back to the papers</a></p>"""
    return _PAGE.format(title=f"Sign out – {escape(title)}", heading="Sign out", content=content)
