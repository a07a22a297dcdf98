"""What can be wrong with a file, said in whole sentences: of the file as such, and of one cell of a row."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

LONGEST_FOUND = 80
"""So much of a wrong cell is shown."""

WHOLE = {
    # what is wrong with a file as such
    "empty": _l("The file is empty."),
    "too_large": _l("The file is larger than %(mb)s MB. Divide it and import the parts."),
    "too_many_rows": _l("The file has more than %(most)s rows. Divide it and import the parts."),
    "too_many_columns": _l("The file has %(found)s columns; at most %(most)s can be read."),
    "only_a_head": _l("There is nothing below the names of the columns."),
    "same_heads": _l("Two columns are called “%(head)s”. Give each a name of its own."),
    "no_heads": _l(
        "None of the columns has a name we know, and the first line must hold the names. It says: %(heads)s."
    ),
    "not_found": _l("No column feeds “%(field)s”, and it is needed. The file has the columns %(heads)s."),
    "no_column": _l("There is no column “%(head)s”. The file has the columns %(heads)s."),
    "no_field": _l("“%(field)s” is nothing we can take. There are: %(fields)s."),
    "mixed": _l(
        "Line %(line)s is not in the same encoding as the lines before. Save the whole file as UTF-8."
    ),
    "unknown_letters": _l("Line %(line)s holds bytes that are no letters. Save the file as UTF-8."),
    "nul": _l("Line %(line)s holds a zero byte, which no text has. The file is damaged."),
    "long_line": _l("Line %(line)s does not end. The file is damaged, or it is no table."),
    "huge_cell": _l("A cell that begins on line %(line)s is longer than anything we can take."),
    "quotes": _l(
        "On line %(line)s the quotation marks do not fit together: one is missing, or one is too many."
    ),
    "no_table": _l("This is no table. Save it as .csv or .xlsx."),
    "old_excel": _l("This is an old Excel file (.xls). Save it as .xlsx or .csv."),
    "broken_excel": _l("This Excel file is damaged: it cannot be opened."),
    "bomb": _l("This Excel file would be larger than %(mb)s MB when it is unpacked, so it is not opened."),
    "no_sheet": _l("This Excel file has no sheet with a table."),
    "no_customers": _l(
        "The rows do not say whose they are, and no organization with a contact was imported yet. "
        "Import organizations and people first, or name an organization."
    ),
    "no_contact": _l("Nobody acts for %(name)s. Import its people first, or invite somebody."),
    "no_organization": _l("There is no organization called “%(name)s”."),
    "several_organizations": _l("More than one organization is called “%(name)s”."),
    "no_front_desk": _l("There are no departments yet. Run portal migrate."),
    "gone": _l("The file is not there any more. Upload it again."),
    "unexpected": _l("Something went wrong that is ours to mend; nothing was imported. It is in the log."),
}

CELLS = {
    # what is wrong with one cell
    "missing": _l("Needed, and it is empty."),
    "too_long": _l("At most %(most)s characters."),
    "too_many_cells": _l("The row has %(count)s cells, the head has %(heads)s."),
    "too_few_cells": _l("The row has %(count)s cells, the head has %(heads)s."),
    "twice": _l("The same is on line %(line)s already."),
    "email": _l("An e-mail address such as ana@northwind.example."),
    "email_twice": _l("Each address once: it is on line %(line)s already."),
    "country": _l("A country's name, or its code of two letters such as PT."),
    "relation": _l("Customer, partner or supplier; several are divided by commas."),
    "spend": _l("A, B, C or D."),
    "domain": _l("A web domain such as northwind.example."),
    "number": _l("A number such as 1250.50."),
    "negative": _l("A number that is not below zero."),
    "which_number": _l(
        "It can be read as thousands or as a fraction. Write it without a sign between thousands."
    ),
    "too_large": _l("A smaller number."),
    "currency": _l("A currency's code of three letters such as EUR."),
    "yes_or_no": _l("Yes or no."),
    "sees": _l("All or own."),
    "date": _l("A date such as 2026-11-22, with or without a time such as 14:30."),
    "which_date": _l("It can be read with the day or with the month first. Write it as 2026-11-22."),
    "future": _l("A moment that is over."),
    "language": _l("A language's code such as pt."),
    "kind": _l("A kind of request by its name or code: %(kinds)s."),
    "unknown_organization": _l("An organization we know. Import it first."),
    "several_organizations": _l("More than one organization is called so. Name it by its id."),
    "archived_organization": _l("An organization in use. This one is archived."),
    "ours": _l("Somebody outside. An import never changes our own organization."),
    "address_taken": _l("An address of their own. Somebody else here has this one."),
    "ours_person": _l("Somebody outside. This is the address of one of our own people."),
    "unknown_person": _l("Somebody who acts for an organization we know. Import them first."),
    "other_person": _l("Somebody who acts for the organization of this row."),
    "unknown_product": _l("A product we know, by its name or code. Import it first."),
    "no_contact": _l("Nobody acts for this organization. Import its people first."),
    "another_row": _l("Line %(line)s is about the same one: there is only one of it here."),
}


class Unreadable(ValueError):
    """A file, or what was said about it, cannot be used at all. code: a key of WHOLE."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        return sentence_of(self.code, self.facts)


def sentence_of(code: str, facts: dict[str, Any]) -> str:
    """What is wrong with a file, in the reader's language."""
    return str(WHOLE.get(code, WHOLE["unexpected"])) % facts


@dataclass(frozen=True)
class Problem:
    """One wrong cell. line: as the file counts; column: as the file calls it, "" for the whole row."""

    line: int
    column: str
    code: str
    found: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> str:
        """What should be there, in the reader's language."""
        return str(CELLS[self.code]) % self.facts

    @property
    def sentence(self) -> str:
        """The whole of it on one line."""
        where = (
            _("Line %(line)s, %(column)s", line=self.line, column=self.column)
            if self.column
            else _("Line %(line)s", line=self.line)
        )
        there = _("“%(found)s”", found=self.found) + ". " if self.found else ""
        return f"{where}: {there}{self.expected}"

    def stored(self) -> list[Any]:
        """As an import keeps it."""
        return [self.line, self.column, self.code, self.found, self.facts]


def problem_of(stored: list[Any]) -> Problem:
    """The problem an import kept."""
    return Problem(*stored)


def shown(cell: str) -> str:
    """A cell as a problem shows it: one line, not too long."""
    words = " ".join(cell.split())
    return words if len(words) <= LONGEST_FOUND else words[: LONGEST_FOUND - 1] + "…"
