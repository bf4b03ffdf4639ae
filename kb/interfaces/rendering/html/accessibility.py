"""The accessibility statement."""

from __future__ import annotations

from kb.interfaces.rendering.html.markup import Html, join, tag


def statement() -> Html:
    """How accessible these pages are, what is known to fall short, and what to do about it."""
    return join(
        tag(
            "p",
            "These pages are made to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA, which the "
            "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 ask of "
            "public bodies.",
        ),
        tag("h2", "What you can do"),
        tag(
            "ul",
            (
                tag("li", point)
                for point in (
                    "use every function with the keyboard alone, with the focus always visible;",
                    "read everything with a screen reader: results are announced when they arrive;",
                    "enlarge the text to 400 % without scrolling sideways, tables and pictures of numbers excepted;",
                    "choose light or dark colours and less motion in your system's settings, which are followed;",
                    "print an answer with its sources and their citations.",
                )
            ),
        ),
        tag("h2", "What falls short"),
        tag(
            "ul",
            tag(
                "li",
                "The papers themselves are shown as they were published. Their pages are pictures; the text of the "
                "passage and of its whole item stands below each picture.",
            ),
            tag(
                "li", "Text recognised on scanned pages may hold mistakes; such pages are marked as doubtful."
            ),
            tag("li", "Pictures of numbers have the same numbers in a table or list beside them."),
        ),
        tag("h2", "How this is checked"),
        tag(
            "p",
            "Every page is checked by axe-core in each of its states, in light and dark colours, with every change; "
            "the journey from a question to its source is made by keyboard alone. These checks are made by machine: "
            "no audit with people who use assistive technology has been made.",
        ),
        tag("h2", "If something does not work for you"),
        tag(
            "p",
            "Tell the public body that runs these pages, and it will give you the information in another form. If you "
            "are not happy with its answer, the Equality Advisory and Support Service (EASS) can advise you.",
        ),
    )
