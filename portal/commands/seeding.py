"""`portal seed`: bulk data for load tests."""

import json
import time
from argparse import Namespace

from portal import create_app
from portal.commands import Trouble
from portal.config import read
from portal.seeding.company import PASSWORD, fewest
from portal.seeding.filling import NotEmpty, Wanted
from portal.seeding.filling import seed as fill
from portal.seeding.writing import NotWritten


def seed(options: Namespace) -> None:
    """Fill an empty, migrated database; the same data for the same arguments."""
    _sensible(options)
    production = read().env == "production"
    wanted = Wanted(
        organizations=options.organizations,
        people=options.people,
        cases=options.cases,
        messages=options.messages,
        seed=options.seed,
        sign_in=not production or options.yes,
    )
    begun = time.perf_counter()
    try:
        done = fill(create_app(), wanted)
    except NotEmpty as error:
        raise Trouble(f"the database is not empty: {error}; only an empty one is filled") from error
    except NotWritten as error:
        raise Trouble(f"the database did not take it: {error}; empty it before the next try") from error
    result = {
        "organizations": options.organizations,
        "people": options.people,
        "cases": done.cases,
        "messages": done.messages,
        "seed": options.seed,
        "copied_cases": done.copied,
        "copied_rows": done.rows,
        "copying_seconds": round(done.seconds, 2),
        "cases_a_second": round(done.copied / done.seconds) if done.copied else None,
        "seconds": round(time.perf_counter() - begun, 2),
        "password": PASSWORD if wanted.sign_in else None,
        "sign_ins": done.company.sign_ins,
    }
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        _say(result)


def _sensible(options: Namespace) -> None:
    if options.organizations < 3 or options.cases < 0 or (options.messages or 0) < 0:
        raise Trouble("at least 3 organizations are needed: a customer, a supplier and a partner")
    few = fewest(options.organizations)
    if options.people < few:
        raise Trouble(f"{options.organizations} organizations need at least {few} people")


def _say(result: dict[str, object]) -> None:
    print(
        f"{result['organizations']:,} organizations, {result['people']:,} people, {result['cases']:,} cases"
        f" and {result['messages']:,} messages in {result['seconds']} s"
        + (f" ({result['cases_a_second']:,} cases a second)." if result["cases_a_second"] else ".")
    )
    sign_ins: dict[str, str] = result["sign_ins"]  # type: ignore[assignment] # made above
    if result["password"]:
        print(f"They sign in with the password “{result['password']}”, for example:")
    else:
        print(
            "PORTAL_ENV is production, so nobody has a password; with --yes all have an easy one. There are:"
        )
    for who, email in sign_ins.items():
        print(f"  {who.ljust(14)} {email}")
