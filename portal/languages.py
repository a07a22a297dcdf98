"""The languages that have a complete catalogue, and how numbers and dates are written in each."""

LANGUAGES = {"en": "English", "pt": "Português", "hr": "Hrvatski"}
"""Code → its own name; the first is for whoever asks for none of them."""
LOCALES = {"en": "en", "pt": "pt_PT", "hr": "hr"}
"""Code → the locale: plain "pt" would write dates and numbers as in Brazil; its catalogue is found."""


def locale_of(code: str) -> str:
    """The locale of one of our languages; that of the first for any other code."""
    return LOCALES.get(code, next(iter(LOCALES.values())))
