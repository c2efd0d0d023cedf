"""English pages write dates, times and numbers as the papers of this country do."""

from motcua.config.formats.vi.formats import *  # noqa: F403
