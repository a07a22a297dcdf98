"""A customer's request reaches the right department and comes back answered."""

from tests.cast import Cast


def test_the_first_journey(cast: Cast) -> None:
    ana, sue = cast.browser("ana"), cast.browser("sue")
    ana.get("/")
    ana.get("/requests/")
    form = ana.get("/requests/new/complaint").fields()
    form |= {"subject": "Clutch housings cracked", "body": "14 of 40 are broken.", "remedy": "credit"}
    sent = ana.post("/requests/new/complaint", form)
    page = ana.get(sent.location)
    assert "Went to Service" in page
    number = sent.location.rsplit("/", 1)[1]

    inbox = sue.get("/desk/?department=service&tab=new")
    assert "Clutch housings cracked" in inbox
    sue.get("/desk/counts", headers={"HX-Request": "true"})
    assert "Nothing waits" not in sue.get("/desk/")
    page = sue.get(sent.location)
    fields = page.fields(f"/cases/{number}/messages")
    sue.post(f"/cases/{number}/messages", {**fields, "body": "Which lot?", "ball": "them"})
    sue.post(f"/cases/{number}/notes", {"note-body": "Second case with this lot.", "note-once": "1"})
    assert "Second case" in sue.get(sent.location)
    page = ana.get(sent.location)
    assert "Which lot?" in page
    assert "Second case" not in page
    assert "One thing needs you" in ana.get("/")
    ana.post(f"/cases/{number}/messages", {"body": "2609-B", "once": "2"})
    for move in ("assignment", "hand-over", "resolution", "closure"):
        sue.get(f"/cases/{number}/{move}")
    resolving = sue.get(f"/cases/{number}/resolution").fields()
    sue.post(
        f"/cases/{number}/resolution",
        {**resolving, "body": "Credit 1,846.00 is booked.", "outcome": "solved"},
    )
    assert "Does this answer it?" in ana.get(sent.location)
    ana.get("/cases/")
    ana.get("/notices/")
    ana.post(f"/cases/{number}/acceptance", {"plain-once": "3"})
    assert "This case is closed" in ana.get(sent.location)
    assert "accepted the answer" in sue.get(sent.location)
    sue.get(f"/cases/{number}/why")
    sue.get(f"/cases/{number}/accesses")
    ana.get(f"/cases/{number}/why")
    ana.get(f"/cases/{number}/accesses")
