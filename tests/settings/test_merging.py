"""Two that are one are put together and taken apart again: who sees what, and every row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.cases import conversation
from portal.cases.models import Case, Holding, Participant, Party
from portal.cases.visibility import audience_of, cases_for
from portal.clock import NEVER, now
from portal.extensions import Model, db
from portal.identity import organizations
from portal.identity import viewer as viewers
from portal.identity.models import (
    Membership,
    Merge,
    MergedRow,
    Organization,
    OrganizationTag,
    OutsideIdentity,
    Person,
)
from portal.identity.organizations import MergedAway
from portal.routing.models import Rule
from portal.settings import merging, moving
from portal.settings.plans import Refused
from tests.browser import Browser
from tests.cast import ORGANIZATIONS, PEOPLE, Cast
from tests.laws.world import asked, form_with

Ids = Callable[..., int]
Row = Callable[..., Any]


def merge(cast: Cast, kept: str, gone: str, what: Any = "organization", by: str | None = "ada") -> int:
    """Put the one into the other by name; the merge's id."""
    viewer = cast.viewer(by) if by else None
    model = Organization if what == "organization" else Person
    with cast.acting():
        keys = [db.session.scalars(select(model.id).where(model.name == name)).one() for name in (kept, gone)]
        return merging.merge(viewer, what, *keys).id


def undo(cast: Cast, merge_id: int) -> None:
    with cast.acting():
        merging.undo(None, merge_id)


def refused(cast: Cast, kept: str, gone: str, what: Any = "organization", by: str | None = "ada") -> str:
    with pytest.raises(Refused) as error:
        merge(cast, kept, gone, what, by)
    return error.value.code


def who_sees(cast: Cast) -> dict[tuple[str, str], frozenset[str]]:
    """Case, or a lane of it → the people who see it, whatever they act for."""
    found: dict[tuple[str, str], set[str]] = {}
    with cast.app.test_request_context("/"):
        rows = db.session.execute(
            select(Membership.id, Person.email).join(Person, Person.id == Membership.person_id)
        ).all()
        for key, email in rows:
            viewer = viewers.load(key)
            if viewer is None:
                continue
            seen = cases_for(viewer).select.add_columns(Case.number)
            for (number,) in db.session.execute(seen):
                found.setdefault((number, "case"), set()).add(email)
        emails = dict(iter(rows))
        lanes = db.session.execute(
            select(moving.column_of("lanes", "id"), Case.number).join_from(
                Case, Model.metadata.tables["lanes"], moving.column_of("lanes", "case_id") == Case.id
            )
        ).all()
        for lane, number in lanes:
            for reader in db.session.scalars(audience_of(lane)):
                found.setdefault((number, f"lane {lane}"), set()).add(emails[reader])
    return {key: frozenset(several) for key, several in found.items()}


AUDIT = ("merges", "merged_rows", "once", "sign_in_attempts", "accesses", "changes")


def everything(cast: Cast) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the audit's; a session's version only ever grows."""
    found = {}
    with cast.app.app_context():
        for table in Model.metadata.sorted_tables:
            if table.name not in AUDIT:
                columns = [column for column in table.columns if column.name != "session_version"]
                found[table.name] = sorted(map(repr, db.session.execute(select(*columns))))
    return found


@pytest.fixture
def work(cast: Cast) -> dict[str, str]:
    """Cases of Northwind and Alpina, a lane of each supplier, a rule, tags."""
    numbers = {
        name: cast.asks(name) for name in ("ana", "bruno", "rui", "carla", "nina@alpina", "nina", "petra")
    }
    numbers["managers"] = cast.asks("rui", only_managers=True)
    asked(cast, numbers["ana"], "Ferrum", ["sofia"])
    asked(cast, numbers["carla"], "Borealis", ["tomas"])
    asked(cast, numbers["rui"], "Adriatic", ["nina"], reach="managers")
    sue = cast.viewer("sue")
    with cast.acting():
        case = db.session.scalars(select(Case.id).where(Case.number == numbers["carla"])).one()
        conversation.reply(sue, case, "Which lot?", then="them")
        names = {row.name: row for row in db.session.scalars(select(Organization))}
        db.session.add(
            Rule(position=1, name="Ours", organization_id=names["Alpina"].id, department_id=1, words=[])
        )
        names["Alpina"].phone, names["Alpina"].city = "+43 1 234567", "Wien"
        names["Northwind"].phone = "+351 21 000 00 00"
        organizations.set_tags(names["Alpina"].id, ["fair", "key"])
        organizations.set_tags(names["Northwind"].id, ["key"])
    return numbers


def test_members_cases_and_rules_go_over_and_come_back(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    before = everything(cast)
    northwind, alpina = ids(Organization, "Northwind"), ids(Organization, "Alpina")
    done = merge(cast, "Northwind", "Alpina")
    with cast.app.app_context():
        kept, gone = db.session.get_one(Organization, northwind), db.session.get_one(Organization, alpina)
        assert (gone.merged_into_id, gone.archived_at < NEVER) == (northwind, True)
        assert (kept.phone, kept.city) == ("+351 21 000 00 00", "Wien"), "it takes over what it lacks"
        tags = select(OrganizationTag.tag).where(OrganizationTag.organization_id == northwind)
        assert set(db.session.scalars(tags)) == {"fair", "key"}
        for column, which in moving.places("organizations"):
            assert not db.session.scalar(
                select(func.count()).select_from(column.table).where(column == alpina, which)
            )
        assert db.session.scalar(select(func.count()).where(Case.organization_id == northwind)) == 6
        assert db.session.scalar(select(func.count()).where(Holding.organization_id == northwind))
    assert cast.app.app_context()
    with cast.app.test_request_context("/"):
        carla = db.session.scalars(
            select(Membership.id).join(Person).where(Person.name == "Carla Steiner")
        ).one()
        viewer = viewers.load(carla)
        assert viewer is not None
        assert viewer.organization_name == "Northwind"
    undo(cast, done)
    assert everything(cast) == before


def test_who_sees_what_is_the_union_and_then_as_before(cast: Cast, work: dict[str, str]) -> None:
    before = who_sees(cast)
    done = merge(cast, "Northwind", "Alpina")
    after = who_sees(cast)
    # who is not held to their own reads the cases of both; what only managers see stays with managers
    both = {"ana@northwind.example", "rui@northwind.example", "carla@alpina.example", "nina@adriatic.example"}
    own = {
        "ana": set(),
        "bruno": {"bruno@northwind.example"},
        "rui": set(),
        "carla": set(),
        "nina@alpina": set(),
    }
    for sender, mine in own.items():
        outside = {email for email in after[work[sender], "case"] if "meridian" not in email}
        asked_in = {email for email in before[work[sender], "case"] if "meridian" not in email} - both - mine
        assert outside == both | mine | asked_in, sender
    managers = {"ana@northwind.example", "rui@northwind.example"}
    assert {e for e in after[work["managers"], "case"] if "meridian" not in e} == managers
    assert {key: after[key] for key in after if key[0] in (work["nina"], work["petra"])} == {
        key: before[key] for key in before if key[0] in (work["nina"], work["petra"])
    }, "the cases of others are read by whom they were"
    undo(cast, done)
    assert who_sees(cast) == before


def test_whoever_is_in_both_follows_with_the_other_membership(cast: Cast, work: dict[str, str]) -> None:
    """Nina acts for Adriatic and Alpina: one membership ends, what she follows goes over, and comes back."""
    before, seen = everything(cast), who_sees(cast)
    alpinas, adriatics = cast.membership("nina@alpina"), cast.membership("nina")
    done = merge(cast, "Adriatic", "Alpina")
    with cast.app.app_context():
        assert db.session.get_one(Membership, alpinas).until < NEVER
        followed = select(Case.number).join(Participant, Participant.case_id == Case.id)
        followed = followed.where(Participant.membership_id == adriatics)
        assert {work["nina@alpina"], work["nina"]} <= set(db.session.scalars(followed))
    nina = cast.browser("nina")
    assert "A question of nina@alpina" in nina.get("/cases/?state=all")
    undo(cast, done)
    assert everything(cast) == before
    assert who_sees(cast) == seen


def test_own_only_members_stay_own_only(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    with cast.acting():
        db.session.get_one(Organization, ids(Organization, "Alpina")).own_only = True
    before, seen = everything(cast), who_sees(cast)
    done = merge(cast, "Northwind", "Alpina")
    after = who_sees(cast)
    assert "carla@alpina.example" not in after[work["ana"], "case"]
    assert "carla@alpina.example" not in after[work["nina@alpina"], "case"]
    assert "carla@alpina.example" in after[work["carla"], "case"]
    undo(cast, done)
    assert everything(cast) == before
    assert who_sees(cast) == seen


def test_whoever_is_in_both_sees_no_more_than_the_narrower_let_them(
    cast: Cast, work: dict[str, str], ids: Ids
) -> None:
    alpina = ids(Organization, "Alpina")
    with cast.acting():
        rui = db.session.scalars(select(Person).where(Person.name == "Rui Matos")).one()
        db.session.add(Membership(person_id=rui.id, organization_id=alpina, sees="own"))
    before, seen = everything(cast), who_sees(cast)
    assert "rui@northwind.example" not in seen[work["carla"], "case"]
    done = merge(cast, "Northwind", "Alpina")
    assert "rui@northwind.example" not in who_sees(cast)[work["carla"], "case"]
    undo(cast, done)
    assert everything(cast) == before
    assert who_sees(cast) == seen


def test_what_comes_later_stays_with_the_kept_one(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    northwind = ids(Organization, "Northwind")
    done = merge(cast, "Northwind", "Alpina")
    with cast.app.app_context():
        key = db.session.scalars(
            select(Membership.id).join(Person).where(Person.name == "Carla Steiner")
        ).one()
    browser = Browser(cast.app, "carla")
    with cast.app.app_context():
        viewer = viewers.load(key)
    assert viewer is not None
    with browser.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = viewer.get_id(), True
    form = form_with(browser.get("/requests/new/support-request"), "subject")
    browser.post("/requests/new/support-request", {**form, "subject": "After", "body": "Later."})
    undo(cast, done)
    with cast.app.app_context():
        assert (
            db.session.scalars(select(Case.organization_id).where(Case.subject == "After")).one() == northwind
        )
        assert viewers.load(key).organization_name == "Alpina"  # type: ignore[union-attr] # it is there
    later = browser.get("/cases/?state=all")
    assert "After" not in later
    assert "A question of carla" in later


def test_what_may_not_be_merged_is_said(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    assert refused(cast, "Meridian Tools", "Northwind") == "ours"
    assert refused(cast, "Northwind", "Meridian Tools") == "ours"
    assert refused(cast, "Northwind", "Northwind") == "same"
    assert refused(cast, "Northwind", "Ferrum") == "together", "Ferrum was asked in a case of Northwind's"
    done = merge(cast, "Northwind", "Alpina")
    assert refused(cast, "Northwind", "Alpina") == "merged"
    assert refused(cast, "Alpina", "Northwind") == "merged"
    assert refused(cast, "Lumen", "Northwind") == "chain"
    assert refused(cast, "Lumen", "Alpina") == "merged"
    with cast.acting(), pytest.raises(MergedAway):
        organizations.restore(db.session.get_one(Organization, ids(Organization, "Alpina")))
    undo(cast, done)
    with cast.acting(), pytest.raises(Refused) as again:
        merging.undo(None, done)
    assert again.value.code == "undone"
    with cast.acting():
        organizations.archive(db.session.get_one(Organization, ids(Organization, "Alpina")))
    assert refused(cast, "Northwind", "Alpina") == "archived"


def test_both_in_one_case_are_counted(cast: Cast, work: dict[str, str]) -> None:
    with pytest.raises(Refused) as error:
        merge(cast, "Northwind", "Ferrum")
    assert (error.value.code, error.value.count) == ("together", 1)


def test_two_administrators_merge_once(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    keys = ids(Organization, "Northwind"), ids(Organization, "Alpina")

    def go(_turn: int) -> str:
        with cast.app.test_request_context("/", method="POST"):
            try:
                merging.merge(None, "organization", *keys)
                db.session.commit()
            except Refused as error:
                db.session.rollback()
                return error.code
            return "done"

    with ThreadPoolExecutor(6) as pool:
        said = sorted(pool.map(go, range(6)))
    assert said == ["done", *["merged"] * 5]
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Merge.id))) == 1


def test_a_later_merge_of_the_same_members_is_undone_first(cast: Cast, work: dict[str, str]) -> None:
    before = everything(cast)
    first = merge(cast, "Adriatic", "Alpina")
    second = merge(cast, "Carla Steiner", "Nina Babic", "person")
    with cast.acting(), pytest.raises(Refused) as error:
        merging.undo(None, first)
    assert error.value.code == "later"
    undo(cast, second)
    undo(cast, first)
    assert everything(cast) == before


def test_somebody_known_twice_is_one_and_two_again(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    """Rui and Carla: her membership goes over, and her sign-in elsewhere; her password does not."""
    rui, carla = ids(Person, "Rui Matos"), ids(Person, "Carla Steiner")
    with cast.acting():
        db.session.add(OutsideIdentity(issuer="https://i.example", subject="c", person_id=carla))
        db.session.get_one(Person, carla).phone = "+43 1 1"
    before, seen = everything(cast), who_sees(cast)
    browser = cast.browser("carla")
    done = merge(cast, "Rui Matos", "Carla Steiner", "person")
    assert browser.client.get("/").status_code == 303
    with cast.app.app_context():
        kept, gone = db.session.get_one(Person, rui), db.session.get_one(Person, carla)
        assert gone.merged_into_id == rui
        assert gone.deactivated_at <= now()
        assert kept.phone == "+43 1 1"
        assert kept.password_hash
        assert db.session.scalars(select(OutsideIdentity.person_id)).one() == rui
        theirs = select(Organization.name).join(Membership).where(Membership.person_id == rui)
        assert set(db.session.scalars(theirs)) == {"Northwind", "Alpina"}
    after = who_sees(cast)
    swapped = {
        key: frozenset("rui@northwind.example" if e == "carla@alpina.example" else e for e in several)
        for key, several in seen.items()
    }
    assert after == swapped, "they see what both saw, and nobody else sees more"
    undo(cast, done)
    assert everything(cast) == before
    assert who_sees(cast) == seen


def test_colleagues_known_twice_hand_over_what_they_follow(cast: Cast, work: dict[str, str]) -> None:
    before = everything(cast)
    done = merge(cast, "Ana Ferreira", "Bruno Costa", "person")
    with cast.app.app_context():
        followed = select(Case.number).join(Participant, Participant.case_id == Case.id)
        followed = followed.where(Participant.membership_id == cast.membership("ana"))
        assert work["bruno"] in set(db.session.scalars(followed))
    undo(cast, done)
    assert everything(cast) == before


def test_no_merge_gives_rights_among_our_own(cast: Cast) -> None:
    assert refused(cast, "Sue Keller", "Ada Lind", "person", by="sue") == "administrator"
    assert refused(cast, "Ada Lind", "Sue Keller", "person", by=None) == "administrator"
    assert refused(cast, "Ana Ferreira", "Sue Keller", "person") == "staff"
    assert refused(cast, "Sue Keller", "Ana Ferreira", "person") == "staff"
    assert refused(cast, "Sue Keller", "Ada Lind", "person", by="ada") == "yourself"
    assert refused(cast, "Ana Ferreira", "Olga Old", "person") == "deactivated"


def test_every_column_that_names_a_person_was_thought_about() -> None:
    """A new one needs a decision: it moves, or stands in moving.STAY with the reason."""
    assert {str(column) for column, _ in moving.places("people")} == {
        "outside_identities.person_id",
        "external_ids.row_id",
    }


@pytest.mark.parametrize("target", ["organizations", "people"])
def test_what_moves_can_be_recorded(target: str) -> None:
    for column, _ in moving.places(target):
        assert [key.name for key in column.table.primary_key] == ["id"], f"{column}: list it in moving.STAY"


def test_a_reason_to_stay_is_of_a_column_there_is() -> None:
    known = {str(column) for table in Model.metadata.sorted_tables for column in table.columns}
    assert set(moving.STAY) <= known


NAMES = st.one_of(
    st.tuples(st.just("organization"), *[st.sampled_from(sorted(n for n, _ in ORGANIZATIONS.values()))] * 2),
    st.tuples(st.just("person"), *[st.sampled_from(sorted(p[0] for p in PEOPLE.values()))] * 2),
)


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_is_merged_and_undone_everything_is_as_it_was(
    cast: Cast, work: dict[str, str], data: st.DataObject
) -> None:
    before, seen, ruling = everything(cast), who_sees(cast), staff(cast)
    done: list[int] = []
    for what, kept, gone in data.draw(st.lists(NAMES, max_size=14)):
        if done and data.draw(st.booleans()):
            chosen = data.draw(st.sampled_from(done))
            with suppress(Refused):
                undo(cast, chosen)
                done.remove(chosen)
        with suppress(Refused):
            done.append(merge(cast, kept, gone, what))
        assert staff(cast) <= ruling, "nobody comes to be of ours, or to administer"
    for key in reversed(done):
        undo(cast, key)
    assert everything(cast) == before
    assert who_sees(cast) == seen


def staff(cast: Cast) -> set[tuple[str, bool]]:
    """Who is of ours, and whether they administer."""
    with cast.app.app_context():
        rows = select(Person.email, Person.administrator).join(Membership).join(Organization)
        rows = rows.where(Organization.ours, Membership.until > now(), Person.deactivated_at > now())
        return {(email, administers) for email, administers in db.session.execute(rows)}


def test_what_a_merge_left_behind_is_counted(cast: Cast, work: dict[str, str], ids: Ids) -> None:
    alpina = ids(Organization, "Alpina")
    merge(cast, "Northwind", "Alpina")
    with cast.acting():
        assert moving.left_behind() == {}
        db.session.add(Rule(position=2, name="Late", organization_id=alpina, department_id=1, words=[]))
        db.session.flush()
        assert moving.left_behind() == {"rules.organization_id": 1}


def test_every_moved_row_is_recorded(cast: Cast, work: dict[str, str]) -> None:
    merge(cast, "Northwind", "Alpina")
    with cast.app.app_context():
        places = set(db.session.scalars(select(MergedRow.place)))
        assert {"memberships.organization_id", "cases.organization_id", "parties.organization_id"} <= places
        assert db.session.scalar(
            select(func.count()).where(MergedRow.place == "parties.organization_id")
        ) == db.session.scalar(
            select(func.count(Party.id))
            .join(Case)
            .where(Case.number.in_([work["carla"], work["nina@alpina"]]))
            .where(Party.role == "requester")
        )
