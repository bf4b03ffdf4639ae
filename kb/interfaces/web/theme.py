"""The look: one set of tokens for light and for dark, given to Gradio's theme and to our own CSS alike.

Contrast is checked by a test: text and quiet text at least 4.5:1 on what they stand on, controls and focus 3:1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import gradio as gr
from gradio.themes.utils import fonts, sizes

_CSS: Final = Path(__file__).with_name("css")
_SHEETS: Final = ("base", "forms", "ask", "panel", "pages", "print")
_SERIF: Final = 'Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Times New Roman", serif'
_RADIUS: Final = "4px"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by their use."""

    paper: str
    ink: str
    quiet: str
    rule: str
    control: str
    accent: str
    on_accent: str
    raised: str
    mark: str
    warn: str


LIGHT: Final = Palette(
    paper="#ffffff",
    ink="#1a1d21",
    quiet="#4a5158",
    rule="#d5d9dd",
    control="#767e87",
    accent="#14506b",
    on_accent="#ffffff",
    raised="#f5f6f7",
    mark="#fff0b3",
    warn="#7a4a00",
)
DARK: Final = Palette(
    paper="#15181b",
    ink="#e8eaed",
    quiet="#b4bac1",
    rule="#3a4046",
    control="#868e97",
    accent="#8cc7e3",
    on_accent="#10222b",
    raised="#1d2125",
    mark="#5a4a00",
    warn="#e8b765",
)


def stylesheet() -> str:
    """The tokens as CSS variables, then the pages' own rules."""
    rules = "\n".join((_CSS / f"{name}.css").read_text("utf-8") for name in _SHEETS)
    tokens = f":root{{--kb-serif:{_SERIF};{_variables(LIGHT)}}}\n.dark{{{_variables(DARK)}}}"
    return f"{tokens}\n{rules}"


def build_theme() -> Any:
    """Gradio's base theme with our tokens; system fonts only, so that no font is fetched."""
    theme = gr.themes.Base(
        font=[fonts.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "sans-serif")],
        font_mono=[fonts.Font(name) for name in ("ui-monospace", "Consolas", "monospace")],
        text_size=sizes.Size(
            name="text_kb",
            xxs="0.78rem",
            xs="0.84rem",
            sm="0.94rem",
            md="1.125rem",
            lg="1.125rem",
            xl="1.35rem",
            xxl="1.62rem",
        ),
        spacing_size=sizes.spacing_md,
        radius_size=sizes.Size(
            name="radius_kb",
            xxs=_RADIUS,
            xs=_RADIUS,
            sm=_RADIUS,
            md=_RADIUS,
            lg=_RADIUS,
            xl=_RADIUS,
            xxl=_RADIUS,
        ),
    )
    return theme.set(**_settings(LIGHT, ""), **_settings(DARK, "_dark"), **_shapes())


def _settings(colours: Palette, suffix: str) -> dict[str, str]:
    settings = {
        "body_background_fill": colours.paper,
        "body_text_color": colours.ink,
        "body_text_color_subdued": colours.quiet,
        "background_fill_primary": colours.paper,
        "background_fill_secondary": colours.paper,
        "block_background_fill": colours.paper,
        "block_border_color": colours.rule,
        "block_label_text_color": colours.quiet,
        "block_title_text_color": colours.ink,
        "block_info_text_color": colours.quiet,
        "border_color_primary": colours.rule,
        "border_color_accent": colours.accent,
        "color_accent_soft": colours.raised,
        "link_text_color": colours.accent,
        "link_text_color_hover": colours.accent,
        "link_text_color_visited": colours.accent,
        "link_text_color_active": colours.accent,
        "code_background_fill": colours.raised,
        "input_background_fill": colours.paper,
        "input_background_fill_focus": colours.paper,
        "input_border_color": colours.control,
        "input_border_color_focus": colours.accent,
        "input_placeholder_color": colours.quiet,
        "button_primary_background_fill": colours.accent,
        "button_primary_background_fill_hover": colours.accent,
        "button_primary_border_color": colours.accent,
        "button_primary_border_color_hover": colours.accent,
        "button_primary_text_color": colours.on_accent,
        "button_primary_text_color_hover": colours.on_accent,
        "button_secondary_background_fill": colours.paper,
        "button_secondary_background_fill_hover": colours.raised,
        "button_secondary_border_color": colours.control,
        "button_secondary_border_color_hover": colours.accent,
        "button_secondary_text_color": colours.accent,
        "button_secondary_text_color_hover": colours.accent,
        "checkbox_background_color": colours.paper,
        "checkbox_background_color_selected": colours.accent,
        "checkbox_border_color": colours.control,
        "checkbox_border_color_selected": colours.accent,
        "checkbox_border_color_focus": colours.accent,
        "checkbox_label_background_fill": colours.paper,
        "checkbox_label_background_fill_hover": colours.raised,
        "checkbox_label_background_fill_selected": colours.paper,
        "checkbox_label_border_color": colours.paper,
        "checkbox_label_border_color_selected": colours.paper,
        "checkbox_label_text_color": colours.ink,
        "checkbox_label_text_color_selected": colours.ink,
        "accordion_text_color": colours.ink,
        "block_shadow": "none",
        "input_shadow": "none",
        "input_shadow_focus": "none",
        "checkbox_label_shadow": "none",
        "button_primary_shadow": "none",
        "button_primary_shadow_hover": "none",
        "button_primary_shadow_active": "none",
        "button_secondary_shadow": "none",
        "button_secondary_shadow_hover": "none",
        "button_secondary_shadow_active": "none",
    }
    return {name + suffix: value for name, value in settings.items()}


def _shapes() -> dict[str, str]:
    return {
        "block_border_width": "0px",
        "block_padding": "0px",
        "layout_gap": "16px",
        "button_transition": "none",
        "button_large_text_weight": "600",
        "input_padding": "12px",
        "checkbox_label_padding": "4px 8px 4px 0",
    }


def _variables(colours: Palette) -> str:
    return "".join(f"--kb-{name.replace('_', '-')}:{value};" for name, value in asdict(colours).items())
