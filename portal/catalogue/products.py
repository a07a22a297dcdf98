"""Find products by what people type."""

from sqlalchemy import func, or_, select

from portal.catalogue.models import Product
from portal.clock import now
from portal.extensions import db


def offered(limit: int = 300) -> list[Product]:
    """The products to suggest in a form, by name."""
    statement = select(Product).where(Product.archived_at > now()).order_by(Product.name).limit(limit)
    return list(db.session.scalars(statement))


def named(text: str) -> Product | None:
    """The product somebody means by its name or code, whatever the case; None when there is none."""
    wanted = text.strip().lower()
    code = wanted.split(" · ")[0]
    return db.session.scalars(
        select(Product)
        .where(
            Product.archived_at > now(),
            or_(func.lower(Product.name) == wanted, func.lower(Product.code).in_((wanted, code))),
        )
        .order_by(Product.id)
        .limit(1)
    ).first()
