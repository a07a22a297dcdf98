"""What administrators changed: kept, shown, and taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.extensions import Numbered


class Change(Numbered):
    """One row of the settings before and after; `{}` before when it was made, after when it was removed."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "place", "row_id", "id"),)
    at: Mapped[datetime] = mapped_column(default=now)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    """Whose doing; nobody's when it came from the shell."""
    place: Mapped[str] = mapped_column(String(40))
    """The table."""
    row_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200), default="")
    """What the row was called then."""
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("changes.id"), index=True)
    """The change that this one takes back."""
