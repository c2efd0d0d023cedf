"""The acts of this room: `outages` (announce, change, end), `visits` (count them, fold up a day)."""
