"""The rule for passwords."""


class FourKindsValidator:
    """At least 8 characters with lower case, upper case, digit and special character."""

    def validate(self, password: str, user: object = None) -> None:
        """See the owner of this room."""

    def get_help_text(self) -> str:
        """What to type."""
        return ""
