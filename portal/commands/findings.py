"""What `portal doctor` says of one thing it looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found; state is fine, odd or broken; mend says what to do about it."""

    what: str
    state: str
    said: str
    mend: str = ""
    cases: tuple[str, ...] = ()
    """The numbers of the cases it is about, the first of them."""
