"""What administrators fill in about organizations, people and departments."""

import re
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from portal.forms import PortalForm
from portal.identity import departments
from portal.identity.models import Organization, Person
from portal.identity.organizations import SPEND
from portal.settings.fields import (
    AddressField,
    CodeField,
    DomainField,
    LineField,
    OrganizationField,
    TagsField,
    TicksField,
    choices,
)

RELATIONS = [("customer", _l("customer")), ("partner", _l("partner")), ("supplier", _l("supplier"))]
SEES = [("all", _l("All requests of the organization")), ("own", _l("Only their own"))]
TOO_LONG = _l("That is too long.")


class OrganizationForm(PortalForm):
    name = LineField(
        _lp("thing", "Name"), [DataRequired(_l("Give it a name.")), Length(max=200, message=TOO_LONG)]
    )
    relations = TicksField(
        _l("What they are to us"),
        choices=choices(RELATIONS),
        description=_l(
            "Any number of these. It decides what their people are offered, and which rules apply."
        ),
    )
    segment = LineField(
        _l("Segment"),
        [Length(max=60, message=TOO_LONG)],
        description=_l("What wishes and prices are added up by."),
    )
    tier = LineField(
        _l("Tier"), [Length(max=60, message=TOO_LONG)], description=_l("Their level as a partner.")
    )
    country = SelectField(_l("Country"))
    domain = DomainField(
        _l("Web domain"), [Length(max=200, message=TOO_LONG)], description=_l("Such as northwind.example.")
    )
    vat = LineField(
        _l("VAT id"),
        [Length(max=40, message=TOO_LONG)],
        description=_l("As on their invoices, with the country first: HR12345678903."),
    )
    phone = LineField(_l("Phone"), [Length(max=40, message=TOO_LONG)])
    fax = LineField(_l("Fax"), [Length(max=40, message=TOO_LONG)])
    street = LineField(_l("Street"), [Length(max=200, message=TOO_LONG)])
    postal_code = LineField(_l("Postal code"), [Length(max=20, message=TOO_LONG)])
    city = LineField(_l("City"), [Length(max=120, message=TOO_LONG)])
    region = LineField(_l("Region"), [Length(max=120, message=TOO_LONG)])
    spend = SelectField(
        _l("Spend class"), default="", description=_l("A spends most with us. Finance keeps it.")
    )
    tags = TagsField(
        _l("Tags"),
        [Length(max=1000, message=TOO_LONG)],
        description=_l("Words of ours with commas between them, such as key account, fair 2026."),
    )
    own_only = BooleanField(
        _l("Members see only their own requests"),
        description=_l("Managers still see all. Without this, everybody there sees each other's requests."),
    )

    def __init__(self, ours: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        locale = get_locale()
        names = locale.territories if locale else {}
        known = sorted((name, code) for code, name in names.items() if re.fullmatch("[A-Z]{2}", code))
        known = [(code, name) for name, code in known if code not in NOWHERE]
        self.country.choices = choices([("", _l("not known")), *known])
        self.spend.choices = choices([("", _l("not known")), *((each, each) for each in SPEND)])
        if ours:
            del self.relations, self.own_only


NOWHERE = frozenset({"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"})
"""Codes that name no country."""


class StaffForm(PortalForm):
    """The part about departments, which only our own people have."""

    works_in = TicksField(_l("Works in"), coerce=int, description=_l("Whose inbox they see first."))
    leads = TicksField(_l("Leads"), coerce=int, description=_l("Leading includes working there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices((department.id, department.name) for department in departments.in_use())
        self.works_in.choices = self.leads.choices = offered

    def departments(self) -> dict[int, bool]:
        """What was ticked: department → do they lead it?"""
        return {key: key in self.leads.data for key in [*self.works_in.data, *self.leads.data]}


class InvitationForm(StaffForm):
    """Somebody new at one organization; what does not apply to ours, or only to ours, is left out."""

    name = LineField(_l("Name"), [DataRequired(_l("Who is it?")), Length(max=200, message=TOO_LONG)])
    email = AddressField(
        _l("E-mail"),
        [DataRequired(_l("Their invitation goes to their e-mail address."))],
        description=_l("They sign in with it. Somebody we know already keeps name and sign-in."),
    )
    manager = BooleanField(
        _l("Manages the organization here"),
        description=_l("Sees all its requests and decides who of its people may do what."),
    )
    sees = RadioField(_l("Sees"), choices=choices(SEES), default="all")

    def leave_out(self, organization: Organization) -> None:
        if organization.ours:
            del self.manager, self.sees
        else:
            del self.works_in, self.leads

    def access(self) -> dict[str, Any]:
        """What the invitation says about manager and sight."""
        if self.manager is None:
            return {}
        return {"manager": self.manager.data, "sees": self.sees.data}

    def departments(self) -> dict[int, bool]:
        return super().departments() if self.works_in is not None else {}


class NewPersonForm(InvitationForm):
    organization = OrganizationField(
        _l("Organization"),
        [DataRequired(_l("For whom do they act?")), Length(max=220, message=TOO_LONG)],
        description=_l("The whole name; suggestions come while you type."),
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if not super().validate(*args, **kwargs):
            return False
        found = self.organization.found
        if found is not None and not found.ours and self.departments():
            self.works_in.errors = [_l("Only our own people work in departments.")]
            return False
        return True


class PersonForm(StaffForm):
    name = LineField(_l("Name"), [DataRequired(_l("Who is it?")), Length(max=200, message=TOO_LONG)])
    email = AddressField(
        _l("E-mail"),
        [DataRequired(_l("They sign in with their e-mail address."))],
        description=_l("They sign in with it. Links mailed to another address stop working."),
    )
    administrator = BooleanField(
        _l("Administers this portal"),
        description=_l("Changes everything here. It gives no sight of confidential cases."),
    )

    def may_lack_address(self, person: Person) -> None:
        """Somebody of whom no address is known: it may stay so, and what stands in its place is not shown."""
        self.email.validators = [Optional()]
        self.email.flags.required = False
        if self.email.data == person.email:
            self.email.data = ""

    def leave_out_staff(self) -> None:
        del self.administrator, self.works_in, self.leads


class DepartmentForm(PortalForm):
    name = LineField(
        _lp("thing", "Name"), [DataRequired(_l("Give it a name.")), Length(max=80, message=TOO_LONG)]
    )
    code = CodeField(
        _l("Code"),
        [
            DataRequired(_l("Give it a code.")),
            Length(max=40, message=TOO_LONG),
            Regexp(
                r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
                message=_l("Small letters a–z, digits and single dashes, beginning with a letter."),
            ),
        ],
        description=_l("What files and other programs name it by, such as spare-parts. It stays for ever."),
    )
    email = AddressField(_l("E-mail"), [Optional()], description=_l("Where the whole team is reached."))
    position = IntegerField(
        _l("Place in lists"),
        [
            InputRequired(_l("Give a whole number.")),
            NumberRange(0, 9999, _l("A whole number from 0 to 9999.")),
        ],
        default=0,
        description=_l("Lower numbers come first."),
    )

    def fix_code(self) -> None:
        """A department that is there keeps its code."""
        del self.code


class ColleagueForm(PortalForm):
    membership = SelectField(_l("Who?"), coerce=int)
    lead = BooleanField(_l("Leads the department"))
