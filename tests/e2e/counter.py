"""An officer at the counter who never touches the mouse: keys are pressed and counted."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass
class Keyboard:
    """A keyboard that counts.

    Attributes:
        typed: letters and digits of the person's own data.
        pressed: all other keys: Tab, Enter, Space, arrows, shortcuts; a chord is one.
    """

    page: Page
    typed: int = 0
    pressed: int = 0

    def type(self, text: str) -> None:
        """Write into the box that has the focus."""
        self.page.keyboard.type(text)
        self.typed += len(text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def replace(self, text: str) -> None:
        """Write over what stands in the box."""
        self.press("Control+A")
        self.type(text)

    def at(self, html_id: str) -> None:
        """See the focus in this box: nobody types blindly."""
        self.page.wait_for_function("id => document.activeElement && document.activeElement.id === id", arg=html_id)

    def next_missing(self, html_id: str) -> None:
        """Leave the box, and on to the next one that must be filled in."""
        if self.page.evaluate("document.activeElement.matches('input:not([type=checkbox], [type=radio]), select')"):
            self.press("Escape")
        self.press("m")
        self.at(html_id)
