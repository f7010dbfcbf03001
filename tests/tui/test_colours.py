"""What is seen without colours, with few, and by eyes that need more contrast."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.theme import Theme

from tui_inbox.tui.themes import CONTRAST, THEMES

from .conftest import Opener, Screen


def contrast(one: str, other: str) -> float:
    lights = sorted(_luminance(Color.parse(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: Color) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_stands_out_from_every_ground(theme: Theme) -> None:
    named = {name: str(value) for name, value in vars(theme).items() if isinstance(value, str)}
    colours = named | theme.variables
    grounds = ("background", "surface", "panel", "cursor-ground", "cursor-ground-blurred")
    texts = ("primary", "secondary", "accent", "warning", "error", "success", "very-urgent")
    for ground in grounds:
        assert contrast(colours["foreground"], colours[ground]) >= 7
        for text in texts:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["hit-text"], colours["hit-ground"]) >= 4.5
    for ground in ("evidence-ground", "current-ground"):
        assert contrast(colours["foreground"], colours[ground]) >= 4.5
    if theme.name == CONTRAST:
        for text in texts:
            assert contrast(colours[text], colours["background"]) >= 7


def as_sent(screen: Screen) -> list[Strip]:
    """The screen as it goes to the terminal, Textual's filters applied."""
    app = screen.app
    strips = [Strip(list(strip)) for strip in app.screen._compositor.render_strips()]
    for one in app.get_line_filters():
        strips = [strip.apply_filter(one, app.screen.background_colors[1]) for strip in strips]
    return strips


def styles(strips: list[Strip]) -> list[Style]:
    return [segment.style for strip in strips for segment in strip if segment.style]


def style_of(strips: list[Strip], text: str) -> Style:
    """The style of the first segment that holds a text."""
    return next(
        segment.style
        for strip in strips
        for segment in strip
        if text in segment.text and segment.style
    )


async def test_without_colours_none_is_sent_and_nothing_is_lost(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_screen(size=(100, 40)) as screen:
        for keys in ([], ["enter", "j"], ["e"], ["slash"], ["O"]):
            await screen.press(*keys)
            for style in styles(as_sent(screen)):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default
        await screen.press("escape", "escape", "escape")


async def test_without_colours_cursor_evidence_and_hits_are_told_by_style(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_screen(size=(100, 50)) as screen:
        strips = as_sent(screen)
        assert style_of(strips, "ขอให้รายงานผล").reverse
        assert not style_of(strips, "การประชาสัมพันธ์").reverse
        # Urgency has its sign, whatever its colour.
        assert "‼" in screen.lines()[2]
        await screen.press("e")
        strips = as_sent(screen)
        assert style_of(strips, "นายอำเภอแม่ทา").underline
        await screen.press("escape", "slash")
        await screen.type("กำหนดการ")
        await screen.press("enter", "t")
        assert style_of(as_sent(screen), "กำหนดการ") is not None


async def test_few_colours_still_part_the_urgent_from_the_rest(open_screen: Opener) -> None:
    async with open_screen(size=(100, 30)) as screen:
        strips = as_sent(screen)
        ground = style_of(strips, "อบ 0023/ว 103").bgcolor
        assert ground is not None
        from rich.color import ColorSystem

        few = {
            text: style_of(strips, text).color.downgrade(ColorSystem.STANDARD).number
            for text in ("‼", "!", "อบ 0023/ว 103", "แจ้งกำหนดการอบรม")
        }
        assert ground.downgrade(ColorSystem.STANDARD).number not in few.values()
        assert few["‼"] != few["แจ้งกำหนดการอบรม"]


async def test_motion_can_be_turned_off(open_screen: Opener) -> None:
    async with open_screen(animation=False) as screen:
        assert screen.app.animation_level == "none"
        await screen.press("slash")
        assert not screen.main.search.cursor_blink


async def test_the_themes_follow_one_another(open_screen: Opener) -> None:
    async with open_screen(theme="contrast") as screen:
        assert screen.app.theme == CONTRAST
        seen = []
        for _ in THEMES:
            await screen.press("D")
            seen.append(screen.app.theme)
        assert set(seen) == {theme.name for theme in THEMES}
        assert seen[-1] == CONTRAST
