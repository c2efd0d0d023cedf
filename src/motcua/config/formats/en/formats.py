"""English pages write dates and times as the papers of this country do, numbers as English is written (1,369; 97.4)."""

from motcua.config.formats.vi.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
