"""Three ways to use a page: a finger, the keyboard alone, and a browser without JavaScript."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

FAR = 150
"""Presses of Tab after which somebody has given up."""


class Finger:
    """Taps and types, on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: Any, name: str) -> None:
        """Use the (first) link, button or disclosure of this name."""
        self._press(self.page.get_by_role(role, name=name, exact=True).first)

    def open_why(self) -> None:
        self._press(self.page.locator("details.why > summary").first)

    def write(self, label: str, words: str) -> None:
        self._write(self.page.get_by_label(label).first, words)

    def tick(self, label: str) -> None:
        """Tick a box or choose one of several by its label."""
        self._tick(self.page.get_by_label(label).first)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by the words of the option."""
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def day(self, label: str, date: str) -> None:
        """A date, as 2026-11-24."""
        self.page.get_by_label(label).first.fill(date)

    def attach(self, files: list[dict[str, Any]]) -> None:
        self.page.locator("input[type=file]").first.set_input_files(files)

    def go_to_case(self, subject: str) -> None:
        """From a list to the case of this subject."""
        self._press(self.page.locator("a[data-row]", has_text=subject))

    def shortcut(self, key: str, role: Any, name: str) -> None:
        """What `key` does on the desk; this hand has no keys, so it uses the thing itself."""
        if role == "textbox":
            self._press(self.page.get_by_role(role, name=name, exact=True))
        else:
            self.press(role, name)

    def _press(self, target: Locator) -> None:
        target.tap()

    def _tick(self, target: Locator) -> None:
        target.check()

    def _write(self, target: Locator, words: str) -> None:
        target.fill(words)


class Mouse(Finger):
    """Clicks; also where there is no JavaScript."""

    def _press(self, target: Locator) -> None:
        target.click()


class Keyboard(Finger):
    """Never points: Tab, Enter, letters, and the desk's keys."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # Somebody who listens from the start, or a file dialogue may open before Playwright has asked for it.
        page.on("filechooser", lambda _: None)

    def _press(self, target: Locator) -> None:
        self._go(target)
        self.page.keyboard.press("Enter")

    def _tick(self, target: Locator) -> None:
        if target.get_attribute("type") != "radio":
            self._go(target)
            self.page.keyboard.press("Space")
            return
        # Tab leads to the chosen one of the group, or to its first; arrows lead on from there.
        group = self.page.locator(f'input[type=radio][name="{target.get_attribute("name")}"]')
        chosen = group.and_(self.page.locator(":checked"))
        self._go(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(target).to_be_checked()

    def _write(self, target: Locator, words: str) -> None:
        self._go(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, label: str, option: str) -> None:
        target = self.page.get_by_label(label, exact=True).first
        self._go(target)
        self.page.keyboard.type(option)
        expect(target.locator("option:checked")).to_have_text(option)

    def day(self, label: str, date: str) -> None:
        """Typed part by part, as this browser's own field asks for them: month, day, year."""
        target = self.page.get_by_label(label).first
        self._go(target)
        year, month, day = date.split("-")
        self.page.keyboard.type(f"{month}{day}{year}")
        expect(target).to_have_value(date)

    def attach(self, files: list[dict[str, Any]]) -> None:
        self._go(self.page.locator("input[type=file]").first)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(files)

    def go_to_case(self, subject: str) -> None:
        """Down the rows with j, one too far and back with k, as far as there is one more."""
        row = self.page.locator("[data-keys] a[data-row]", has_text=subject)
        expect(row).to_be_visible()
        for _ in range(FAR):
            self.page.keyboard.press("j")
            if self._has_focus(row):
                break
        self.page.keyboard.press("j")
        self.page.keyboard.press("k")
        if not self._has_focus(row):  # it is the last row: j stayed, k went up
            self.page.keyboard.press("j")
        assert self._has_focus(row)
        self.page.keyboard.press("Enter")

    def shortcut(self, key: str, role: Any, name: str) -> None:
        expect(self.page.get_by_role(role, name=name).first).to_be_visible()
        self.page.keyboard.press(key)

    def _go(self, target: Locator) -> None:
        expect(target).to_be_attached()
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        for _ in range(FAR):
            if self._has_focus(target):
                self._assert_shown(target)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not get to {target}")

    def _has_focus(self, target: Locator) -> bool:
        return bool(target.evaluate("element => element === document.activeElement"))

    def _assert_shown(self, target: Locator) -> None:
        """Where the focus is can be seen: an outline on the thing, on what it covers, or on its label."""
        seen = target.evaluate(
            """element => [
                getComputedStyle(element), getComputedStyle(element, "::after"),
                ...[element.labels?.[0]].filter(Boolean).map((label) => getComputedStyle(label)),
                ...[element.nextElementSibling].filter(Boolean).map((next) => getComputedStyle(next)),
            ].some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)"""
        )
        assert seen, f"nothing shows that {target} has the focus"
