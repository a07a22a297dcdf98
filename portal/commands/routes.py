"""`portal route explain`: where the rules would send a request, and why."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from portal import create_app
from portal.catalogue.models import Product
from portal.catalogue.products import named
from portal.commands import REQUEST, Trouble
from portal.commands.people import organization_called
from portal.extensions import reading
from portal.registry import registry
from portal.routing.explain import for_outsider, for_staff, passed_over
from portal.routing.rules import Facts, NoFrontDesk, decide


def explain(options: Namespace) -> None:
    """The department, and rule by rule why. Writes nothing."""
    asked = _request(options.file)
    with create_app().app_context(), reading(), force_locale("en"):
        try:
            decision = decide(_facts(asked))
        except NoFrontDesk as error:
            raise Trouble("there are no departments yet, run `portal migrate`") from error
        trace = decision.trace
        passed, why, told = passed_over(trace), for_staff(trace), for_outsider(trace)
    if options.json:
        result = {
            "department": decision.department,
            "department_name": trace["department_name"],
            "priority": decision.priority or 0,
            "why": why,
            "told": told,
            **{key: trace[key] for key in ("rule", "name", "version", "matched", "passed")},
        }
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print(trace["department_name"])
    for line in passed:
        print(f"  passed over  {line}")
    print(f"  decided      {why}\n  told         {told}")


def _request(name: str) -> dict[str, Any]:
    try:
        asked = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text())
    except ValueError as error:
        raise Trouble(f"{name} holds no JSON: {error}") from error
    if not isinstance(asked, dict):
        raise Trouble(f"{name} holds no JSON object with the keys {', '.join(REQUEST)}")
    if unknown := sorted(set(asked) - set(REQUEST)):
        raise Trouble(f"{name} has the key {unknown[0]}, which is none of {', '.join(REQUEST)}")
    return asked


def _facts(asked: Mapping[str, Any]) -> Facts:
    """What rules look at; relations are the organization's unless the request names them."""
    kind = str(asked.get("kind") or "")
    if kind and kind not in registry().kinds:
        raise Trouble(f"there is no kind {kind}; there are {', '.join(registry().kinds)}")
    product = _product(str(asked["product"])) if asked.get("product") else None
    organization = organization_called(str(asked["organization"])) if asked.get("organization") else None
    relations = asked.get("relations", asked.get("relation"))
    relations = [relations] if isinstance(relations, str) else relations
    if relations is None:
        relations = organization.relations if organization else ()
    return Facts(
        kind=kind,
        text="\n".join(str(asked[key]) for key in ("subject", "body", "text") if asked.get(key)),
        product_id=product.id if product else None,
        organization_id=organization.id if organization else None,
        relations=frozenset(relations),
        language=str(asked.get("language") or ""),
        amount=_amount(asked.get("amount")),
    )


def _product(text: str) -> Product:
    found = named(text)
    if found is None:
        raise Trouble(f"there is no product {text}")
    return found


def _amount(given: Any) -> Decimal | None:
    try:
        amount = Decimal(str(given)) if given not in (None, "") else None
    except InvalidOperation as error:
        raise Trouble(f"the amount {given} is no number") from error
    if amount is not None and not amount.is_finite():
        raise Trouble(f"the amount {given} is no number")
    return amount
