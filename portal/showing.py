"""How facts are put into words for a reader: choices, dates, moments, sizes, plain text as HTML."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, format_time, get_locale, get_timezone
from flask_babel import gettext as _
from flask_login import current_user
from jinja2.ext import Extension
from markupsafe import Markup, escape

from portal.cases import clocks
from portal.cases.clocks import Calendar
from portal.clock import NEVER, now
from portal.identity import installation
from portal.identity.viewer import initials


def choice(field: Any) -> Callable[[Any], Any]:
    """Shows a stored choice by the label its form gives it. field: the form class's unbound field."""
    labels = {option.value: option.label for option in field.kwargs["choices"]}
    return lambda value: labels.get(value, value)


def yes(value: Any) -> str:
    return _("Yes") if value else _("No")


def number_words(value: Any) -> str:
    """A number as the reader writes numbers: 1,846.00 or 1.846,00."""
    return str(format_decimal(value if isinstance(value, int) else Decimal(value)))


def amount_words(value: str) -> str:
    """A sum of money with its cents, as the reader writes them: 1,846.00 or 1.846,00."""
    return str(format_decimal(Decimal(value), "#,##0.00"))


def spelled(number: int) -> str:
    """A small number as a word that begins a sentence, a larger one in digits."""
    words = [
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
    ]
    return words[number - 1] if 0 < number <= len(words) else str(number)


def date_words(value: str) -> str:
    """An ISO date as the reader writes dates."""
    return _no_stop(format_date(date.fromisoformat(value), patterns()[1]))


def zone() -> ZoneInfo:
    """The company's time zone: dates that people type mean days there."""
    return ZoneInfo(installation.chosen().timezone)


def calendar(hours: Sequence[Any] = ()) -> Calendar:
    """When somebody is there: promises are made and lines are drawn in it.

    hours: those of one department, as it stores them; none are the company's
    """
    chosen = installation.chosen()
    return clocks.calendar(hours or chosen.hours, zone(), chosen.holidays)


def week_words(week: list[Any]) -> str:
    """Stored hours in the reader's words: "Mon–Fri 8:00–17:00, Sat 9:00–12:00"; "" for none."""
    names, runs = get_locale().days["format"]["abbreviated"], list[tuple[int, int, Any]]()
    for place, span in enumerate(week):
        if runs and runs[-1][2] == span:
            runs[-1] = (runs[-1][0], place, span)
        else:
            runs.append((place, place, span))
    return ", ".join(
        f"{names[first]}{f'–{names[last]}' if last > first else ''} {'–'.join(map(_hour_words, span))}"
        for first, last, span in runs
        if span
    )


def _hour_words(stored: str) -> str:
    return str(format_time(time.fromisoformat(stored), "H:mm", rebase=False))


def reader() -> Any:
    """Who reads this page; None when nobody is signed in."""
    return current_user if current_user and current_user.is_authenticated else None


def chosen_timezone() -> str:
    """The reader's time zone, or the installation's."""
    someone = reader()
    mine = someone.timezone if someone else ""
    return mine or installation.chosen().timezone


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(str(get_timezone())))


def when(moment: datetime) -> str:
    """A moment as a person would say it: "today 14:05", "Fri 20 Nov, 12:00", "3 Feb 2025"."""
    if moment == NEVER:
        return _("no date")
    return _("%(day)s, %(time)s", day=day(moment), time=format_time(moment, "H:mm"))


def day(moment: datetime) -> str:
    """The day of a moment: "today", "Fri 20 Nov", with the year when it is another."""
    if moment == NEVER:
        return _("no date")
    here, there = _local(now()).date(), _local(moment).date()
    if there == here:
        return _("today")
    if (there - here).days == 1:
        return _("tomorrow")
    if (there - here).days == -1:
        return _("yesterday")
    return _no_stop(format_datetime(moment, patterns()[0 if there.year == here.year else 1]))


def since(moment: datetime) -> str:
    """When something began, short: the time today, the weekday this week, else the date."""
    here, there = _local(now()).date(), _local(moment).date()
    if there == here:
        return str(format_time(moment, "H:mm"))
    if 0 < (here - there).days < 7:
        return _no_stop(format_datetime(moment, "EEE"))
    return day(moment)


def patterns() -> tuple[str, str, str]:
    """How days are written here (Unicode TR 35): with the weekday, with the year, and in few signs."""
    # NOTE: patterns of a date: EEE weekday, d day, MMM month in letters, yyyy year
    return _("EEE d MMM"), _("d MMM yyyy"), _("d MMM")


def _no_stop(words: str) -> str:
    """Without the stops of abbreviations at the end: a sentence may end there with its own."""
    return words.rstrip(".")


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def size(octets: int) -> str:
    """Bytes as people write them: 3.1 MB, 420 kB."""
    if octets >= 1_000_000:
        return f"{octets / 1_000_000:.1f} MB"
    return f"{max(1, round(octets / 1000))} kB"


LINK = Markup('<a href="{0}" rel="noopener noreferrer nofollow" hx-boost="false">{0}</a>')
"""Never boosted: htmx would put whatever a stranger's address answers, even an uploaded page, into ours."""
_LINK = re.compile(r"https?://[^\s<>\"']{3,500}[^\s<>\"'.,;:!?)\]]")


def paragraphs(text: str) -> Markup:
    """What somebody wrote, as safe HTML: paragraphs, line ends, web addresses as links."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return Markup("").join(
        Markup('<p dir="auto">{}</p>').format(
            Markup("<br>").join(_linked(line) for line in block.split("\n"))
        )
        for block in blocks
    )


def _linked(text: str) -> Markup:
    parts, end = [], 0
    for found in _LINK.finditer(text):
        address = found.group()
        parts.append(escape(text[end : found.start()]))
        parts.append(LINK.format(address))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)


class Unindented(Extension):
    """Templates are indented for people; what they render need not carry that, a fifth of a page's bytes."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


def register(app: Flask) -> None:
    """Make these the templates' filters, and render without their indentation."""
    app.jinja_env.add_extension(Unindented)
    for words in (when, day, since, iso, size, paragraphs):
        app.add_template_filter(words)
    app.add_template_filter(initials)
