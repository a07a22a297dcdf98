"""A stored routing trace in words: one sentence for staff, one for the outsider."""

from typing import Any

from flask_babel import gettext as _

from portal.registry import registry


def sentence(trace: dict[str, Any], staff: bool) -> str:
    """Why a case went where it went, in the reader's language; "" when nothing was decided."""
    if not trace:
        return ""
    return for_staff(trace) if staff else for_outsider(trace)


def for_staff(trace: dict[str, Any]) -> str:
    """Names the rule, its version and the facts it used."""
    if trace.get("rule") is None:
        return _("No rule matched, so it came to %(department)s.", department=trace["department_name"])
    reasons = [_reason(condition, found) for condition, found in trace["matched"].items()]
    return _(
        "Rule “%(name)s”, version %(version)s, sends it to %(department)s: %(reasons)s.",
        name=trace["name"],
        version=trace["version"],
        department=trace["department_name"],
        reasons=", ".join(reasons) or _("it takes everything"),
    )


def for_outsider(trace: dict[str, Any]) -> str:
    """Tells what of their own words or choices decided, never a rule about their organization."""
    department = trace["department_name"]
    matched = trace.get("matched", {})
    if trace.get("rule") is None:
        return _("%(department)s looks at it and passes it to the right people.", department=department)
    if "words" in matched:
        return _(
            "You mention “%(word)s”, which is what %(department)s takes care of.",
            word=matched["words"],
            department=department,
        )
    if "kind" in matched:
        label = registry().label(matched["kind"])
        return _("%(department)s answers what is sent as “%(kind)s”.", department=department, kind=label)
    return _("%(department)s takes care of requests like this one.", department=department)


def passed_over(trace: dict[str, Any]) -> list[str]:
    """For staff: each rule that was tried before, and the condition that failed."""
    names = _condition_names()
    return [
        _(
            "“%(name)s”, version %(version)s: %(condition)s did not match",
            name=rule["name"],
            version=rule["version"],
            condition=names.get(rule["failed"], rule["failed"]),
        )
        for rule in trace.get("passed", ())
    ]


def _condition_names() -> dict[str, str]:
    return {
        "kind": _("the kind"),
        "words": _("the words"),
        "product": _("the product"),
        "organization": _("the organization"),
        "relation": _("the relation"),
        "language": _("the language"),
        "amount": _("the amount"),
    }


def _reason(condition: str, found: Any) -> str:
    if condition == "kind":
        return _("it is of the kind “%(kind)s”", kind=registry().label(found))
    if condition == "words":
        return _("it says “%(word)s”", word=found)
    if condition == "relation":
        relation = {"customer": _("customer"), "partner": _("partner"), "supplier": _("supplier")}.get(
            found, found
        )
        return _("the sender is a %(relation)s", relation=relation)
    if condition == "language":
        return _("its language is %(language)s", language=found)
    if condition == "amount":
        return _("the amount is %(amount)s or more", amount=found)
    return _("%(condition)s matches", condition=_condition_names()[condition])
