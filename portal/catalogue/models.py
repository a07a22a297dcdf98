"""Products and their groups: what requests, rules and demand refer to."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import NEVER
from portal.extensions import Numbered


class ProductGroup(Numbered):
    __tablename__ = "product_groups"
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Product(Numbered):
    __tablename__ = "products"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("product_groups.id"), index=True)
    list_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    archived_at: Mapped[datetime] = mapped_column(default=NEVER)
