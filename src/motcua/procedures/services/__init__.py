"""Acts on the catalogue."""

from motcua.procedures.services.lists import set_fields, set_life_events
from motcua.procedures.services.publishing import publish_record
from motcua.procedures.services.reliefs import set_fee_reliefs

__all__ = ["publish_record", "set_fee_reliefs", "set_fields", "set_life_events"]
