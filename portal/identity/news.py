"""What people are told about their sign-in; the channels room listens and writes the letters."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.identity.models import Person


@dataclass(frozen=True)
class News:
    """Something a person must hear of, whoever caused it.

    what: invitation, reset, joined (one more organization), password (it changed), connected (a sign-in
    elsewhere)
    """

    what: str
    person: Person
    url: str = ""
    organization: str = ""
    by: str = ""
    """Who caused it, by name; empty when they did so themselves."""


Listener = Callable[[News], None]
_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Have a function called, in the same transaction, whenever there is news. Twice the same counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(news: News) -> None:
    """Pass news on to everybody who listens."""
    for listener in _listeners:
        listener(news)
