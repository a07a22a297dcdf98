"""Who can see a case, who opened it, and everything automatic about it, explained."""

from typing import Any

from flask import render_template

from portal.cases import explaining, looking, talks
from portal.cases.views import blueprint, case_or_404
from portal.web import me


@blueprint.get("/cases/<number>/accesses")
def accesses(number: str) -> Any:
    """Who can see which lane, since, until and why; and who opened the case."""
    seen = case_or_404(number, "see_accesses")
    lanes = talks.talks(me(), seen.id)
    return render_template(
        "cases/accesses.html",
        case=seen,
        sight=explaining.sight(
            me(), seen, lanes, looking.let_in(me(), seen.id), looking.readers(me(), seen.id)
        ),
        openings=looking.openings(me(), seen.id),
    )


@blueprint.get("/cases/<number>/why")
def why(number: str) -> Any:
    """Everything automatic about this case, explained: who may do what, and the routing rule by rule."""
    seen = case_or_404(number)
    whole = any(talk.kind == "requester" for talk in talks.talks(me(), seen.id))
    return render_template("cases/why.html", **explaining.explanation(me(), seen, whole))
