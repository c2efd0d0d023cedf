"""The dossiers that lie on the sample's desk, handed in and worked on through the services."""


def load() -> None:
    """None yet."""
