"""Rules an administrator writes; the first that matches decides."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.extensions import Numbered


class Rule(Numbered):
    """Every condition that is set must hold; one that is empty holds for all. Lower positions come first."""

    __tablename__ = "rules"
    position: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    enabled: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[list[Any]] = mapped_column(default=list)
    """Any one of these words or phrases occurs, whole, whatever the case and accents."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    relation: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    amount_from: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    priority: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)
