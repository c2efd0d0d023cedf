"""The page of journeys, which tests hold against the portal."""

from pathlib import Path

PAGE = (Path(__file__).resolve().parents[1] / "docs/journeys.md").read_text(encoding="utf-8")
