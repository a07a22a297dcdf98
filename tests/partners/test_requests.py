"""A partner asks for an end customer of theirs."""

from tests.cast import Cast


def test_a_partner_names_the_end_customer_and_a_customer_is_not_asked(cast: Cast) -> None:
    pavel, ana, sal = cast.browser("pavel"), cast.browser("ana"), cast.browser("sal")
    assert "For which customer of yours?" not in ana.get("/requests/new/price-enquiry")
    form = pavel.get("/requests/new/price-enquiry").fields()
    form |= {
        "subject": "60 hammers",
        "body": "A price, please.",
        "product": "MR-26",
        "end_customer": "Gradnja d.o.o.",
    }
    sent = pavel.post("/requests/new/price-enquiry", form)
    assert "Gradnja d.o.o." in pavel.get(sent.location)
    assert "For the end customer Gradnja d.o.o." in sal.get(sent.location)


def test_a_customer_cannot_slip_an_end_customer_in(cast: Cast) -> None:
    ana, sal = cast.browser("ana"), cast.browser("sal")
    form = ana.get("/requests/new/price-enquiry").fields()
    form |= {
        "subject": "60 hammers",
        "body": "A price, please.",
        "product": "MR-26",
        "end_customer": "Somebody",
    }
    sent = ana.post("/requests/new/price-enquiry", form)
    assert "Somebody" not in sal.get(sent.location)
