"""Files: dropped, pasted, chosen, removed, refused, and how they come back."""

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Opened, Site
from tests.e2e.pages import PHONE, photo

pytestmark = pytest.mark.e2e

FORM = "/requests/new/complaint"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="run"</script><circle r="9"/></svg>'
HTML = b"<!DOCTYPE html><title>x</title><script>document.title='run'</script><p>A page of somebody's.</p>"

HAND_OVER = """([element, name, kind, files]) => {
    const carrier = new DataTransfer();
    for (const file of files) {
        const bytes = Uint8Array.from(atob(file.data), (sign) => sign.charCodeAt(0));
        carrier.items.add(new File([bytes], file.name, { type: file.type }));
    }
    const properties = { bubbles: true, cancelable: true };
    element.dispatchEvent(kind === "paste"
        ? new ClipboardEvent("paste", { ...properties, clipboardData: carrier })
        : new DragEvent(name, { ...properties, dataTransfer: carrier }));
}"""


def hand(target: Locator, event: str, *files: dict[str, Any]) -> None:
    """Let the page see what a drag or a paste of these files makes."""
    packed = [
        {"name": f["name"], "type": f["mimeType"], "data": base64.b64encode(f["buffer"]).decode()}
        for f in files
    ]
    target.evaluate(f"(element, rest) => ({HAND_OVER})([element, ...rest])", [event, event, packed])


def fill(page: Page, subject: str) -> None:
    page.goto(FORM)
    page.get_by_label("In one line, what is it about?").fill(subject)
    page.get_by_label("Tell us more").fill(f"Words about {subject}.")


def chosen(page: Page) -> Locator:
    return page.locator(".up li")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to Meridian Tools").click()


def test_dropped_pasted_chosen_and_removed(browser_as: Opened) -> None:
    page = browser_as("ana")
    fill(page, "Files in every way")
    form, body = page.locator("form[data-upload]"), page.get_by_label("Tell us more")
    hand(body, "dragover", photo("dropped.png", size=(300, 200)))
    expect(form).to_have_class("flow over-drop")
    hand(body, "drop", photo("dropped.png", size=(300, 200)))
    expect(form).to_have_class("flow")
    hand(body, "paste", photo("pasted.png", 2, (300, 200)))
    choose = page.locator("input[type=file]")
    choose.set_input_files([photo("one.jpg", 3, (300, 200)), photo("two.jpg", 4, (300, 200))])
    choose.set_input_files([photo("three.jpg", 5, (300, 200))])
    expect(chosen(page)).to_have_count(5)
    expect(chosen(page).locator("canvas")).to_have_count(5)
    page.get_by_role("button", name="Remove two.jpg").click()
    expect(chosen(page)).to_have_count(4)
    expect(choose).to_be_focused()
    send(page)
    expect(page.locator("a.file")).to_have_text(
        [f"{name}{size}" for name, size in _sizes(page, "dropped.png", "pasted.png", "one.jpg", "three.jpg")]
    )
    for picture in page.locator("a.file img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("image => image.naturalWidth") > 0


def _sizes(page: Page, *names: str) -> list[tuple[str, str]]:
    """The names with the sizes the page gives them, so that only the names and their order are compared."""
    expect(page.locator("a.file")).to_have_count(len(names))
    return list(zip(names, page.locator("a.file small").all_inner_texts(), strict=True))


def test_the_same_file_twice_is_one(browser_as: Opened, tmp_path: Path) -> None:
    page = browser_as("ana", **PHONE)
    fill(page, "Twice the same")
    file = tmp_path / "label.png"
    file.write_bytes(photo("label.png", size=(60, 40))["buffer"])
    for _ in range(2):
        page.locator("input[type=file]").set_input_files(file)
    expect(chosen(page)).to_have_count(1)


def test_progress_while_it_is_sent(browser_as: Opened) -> None:
    page = browser_as("ana")
    fill(page, "A slow line")
    page.locator("input[type=file]").set_input_files([photo("large.png", size=(800, 600))])
    line = page.context.new_cdp_session(page)
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000},
    )
    send(page)
    progress = page.get_by_role("progressbar", name="Sending")
    expect(progress).to_be_visible()
    page.wait_for_function("() => document.querySelector('progress')?.value > 0.2")
    assert 0.2 < progress.evaluate("bar => bar.value") < 1
    expect(page.get_by_role("button", name="Send to Meridian Tools")).to_have_attribute(
        "aria-disabled", "true"
    )
    expect(page.locator("#notices")).to_contain_text("We have it")


def test_a_refused_file_says_so_beside_the_field_and_keeps_the_text(browser_as: Opened) -> None:
    page = browser_as("ana")
    fill(page, "With a program")
    program = {"name": "update.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" + b"\0" * 400}
    page.locator("input[type=file]").set_input_files([program])
    send(page)
    error = page.locator(".field.err:has(input[type=file]) .err-msg")
    sentence = "update.exe is a program or a script, which we don't take. Nothing was stored."
    expect(error).to_have_text(sentence)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.get_by_label("Tell us more")).to_have_value("Words about With a program.")
    described = page.locator("input[type=file]").get_attribute("aria-describedby")
    assert described == error.get_attribute("id")
    page.locator("input[type=file]").set_input_files([photo("instead.jpg", size=(60, 40))])
    send(page)
    expect(page.locator("#notices")).to_contain_text("We have it")
    expect(page.get_by_role("link", name="instead.jpg")).to_be_visible()


def test_a_refused_file_of_a_reply_keeps_the_text_too(browser_as: Opened, site: Site) -> None:
    number = site.cast.asks("ana", "support_request", subject="Reply with a program")
    page = browser_as("ana")
    page.goto(f"/cases/{number}")
    page.get_by_label("Write to Service").fill("See the file.")
    program = {"name": "run.sh", "mimeType": "text/x-sh", "buffer": b"#!/bin/sh\nrm -r /\n"}
    page.locator("input[type=file]").set_input_files([program])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".composer .err-msg")).to_contain_text("run.sh is a program or a script")
    expect(page.get_by_label("Write to Service")).to_have_value("See the file.")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reply with a program")
    expect(page.get_by_label("Write to Service")).to_have_value("See the file.")


def test_too_large_is_said_before_it_is_sent(browser_as: Opened, tmp_path: Path) -> None:
    page = browser_as("ana")
    fill(page, "Too large")
    file = tmp_path / "film.mp4"
    with file.open("wb") as film:
        film.truncate(26_000_000)
    page.locator("input[type=file]").set_input_files(file)
    expect(chosen(page)).to_contain_text("too large")


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [("page.html", "text/html", HTML), ("drawing.svg", "image/svg+xml", SVG)],
    ids=["html", "svg"],
)
def test_what_could_run_is_downloaded_never_shown(
    browser_as: Opened, name: str, kind: str, data: bytes
) -> None:
    page = browser_as("ana")
    fill(page, f"With {name}")
    page.locator("input[type=file]").set_input_files([{"name": name, "mimeType": kind, "buffer": data}])
    send(page)
    link = page.get_by_role("link", name=name)
    expect(link).to_be_visible()
    expect(link.locator("img")).to_have_count(0)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes() == data
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "run" not in page.title()
