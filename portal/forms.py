"""What every form shares: the form token, the once-only key, tidy texts, and the common request form."""

import secrets
import unicodedata
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length
from wtforms.widgets import TextInput

from portal import numbers
from portal.cases.files import FileRefused, Taken, Upload, check
from portal.catalogue import products
from portal.extensions import db
from portal.form_words import Form

LONGEST = 50_000
"""Characters in one message."""


def tidy(value: str | None) -> str | None:
    """Text as typed, without control characters that no keyboard makes, and with one kind of line end."""
    if value is None:
        return None
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def on_one_line(value: str | None) -> str | None:
    """A title or a name: no line ends, and no signs that turn or hide what follows (joiners stay)."""
    words = " ".join((tidy(value) or "").split())
    shown = "".join(c for c in words if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return shown if value is not None else None


class AmountField(DecimalField):
    """A sum of money, with the signs of any language of ours."""

    data: Any
    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = numbers.typed(valuelist[0])
            except ValueError as error:
                raise ValueError(self.gettext("Not a valid decimal value.")) from error


class QuantityField(IntegerField):
    """A whole number that fits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and len(valuelist[0]) > 18:
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)


class PortalForm(Form):
    """A form of ours: `once` makes a double submit one."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def key(self) -> str:
        """The once-only key, bound to the words: the same form sent again with other words is another."""
        if not self.once.data:
            return ""
        words = [(field.name, str(field.data)) for field in self if isinstance(field.data, str | int)]
        kept = [pair for pair in words if not pair[0].endswith("csrf_token")]
        return f"{self.once.data[:30]}-{sha256(repr(kept).encode()).hexdigest()[:32]}"

    class Meta(Form.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            typed = unbound_field.field_class
            if issubclass(typed, StringField) and not issubclass(typed, HiddenField | PasswordField):
                clean = tidy if issubclass(typed, TextAreaField) else on_one_line
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), clean]
            return unbound_field.bind(form=form, **options)


class FilesField(MultipleFileField):
    """Several files; after validation `taken` holds them checked."""

    taken: tuple[Taken, ...] = ()

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        uploads = [
            Upload(item.filename or "", item.stream) for item in self.data or [] if hasattr(item, "stream")
        ]
        # Looking at pictures takes seconds; nothing is written yet, so let others write meanwhile.
        db.session.commit()
        try:
            self.taken = tuple(check(uploads))
        except FileRefused as refused:
            raise ValidationError(refused.sentence) from refused


class MessageForm(PortalForm):
    """Words, files, or both."""

    body = TextAreaField(_l("Message"), [Length(max=LONGEST)])
    files = FilesField(_l("Files"))

    def validate_body(self, field: TextAreaField) -> None:
        if not field.data and not any(getattr(item, "filename", "") for item in self.files.data or []):
            raise ValidationError(_l("Write a message or add a file."))


class RequestForm(PortalForm):
    """What every kind of request asks; kinds add their questions between subject and files."""

    subject = StringField(
        _l("In one line, what is it about?"), [DataRequired(_l("Give it a short title.")), Length(max=200)]
    )
    body = TextAreaField(
        _l("Tell us more"),
        [DataRequired(_l("Say in a few words what you need.")), Length(max=LONGEST)],
    )
    files = FilesField(_l("Photos and files"))
    only_managers = BooleanField(_l("Only me and our managers"))

    PAIRS: tuple[tuple[str, str], ...] = ()
    """Questions that stand beside each other."""
    LAST: tuple[str, ...] = ()
    """Questions that come after the files."""
    COMMON = ("subject", "body", "files", "only_managers", "once", "csrf_token")

    def questions(self) -> list[Any]:
        """The fields this kind adds, in order."""
        return [field for field in self if field.name not in self.COMMON]

    def rows(self, last: bool = False) -> list[list[Any]]:
        """The questions in rows of one or two: those before the message, or those after the files."""
        shown = [field for field in self.questions() if (field.name in self.LAST) == last]
        second = {b: a for a, b in self.PAIRS}
        beside = {a: self[b] for a, b in self.PAIRS}
        return [
            [field, beside[field.name]] if field.name in beside else [field]
            for field in shown
            if field.name not in second
        ]

    def answers(self) -> dict[str, Any]:
        """What was answered to them, as JSON: dates and amounts become text."""
        given = [
            field for field in self.questions() if field.data not in (None, "") and field.data is not False
        ]
        return {field.name: _plain(field.data) for field in given}

    def product_id(self) -> int | None:
        """The product it is about, for kinds that ask."""
        product = self._fields.get("product")
        return product.product_id if product is not None else None


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str) else str(value)


class ProductField(StringField):
    """A product by name or code; words that name none of ours stay words, they never block."""

    data: Any
    product_id: int | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        product = products.named(self.data) if self.data else None
        if product is not None:
            self.product_id = product.id
            self.data = product.name

    def suggestions(self) -> list[str]:
        """What the browser may offer while typing."""
        return [product.name for product in products.offered()]
