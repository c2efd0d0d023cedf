"""Where a version comes from, in a sentence: nobody may take a source's words for ours, or one source for another."""

from motcua.core.words import say
from motcua.procedures.models import ProcedureVersion


def came_from(version: ProcedureVersion) -> str:
    """Who published the file that it was imported from, and whether anybody here has edited it since."""
    source = version.source_name
    if version.origin == ProcedureVersion.Origin.EDITED:
        if source:
            return say("Biên tập tại Cổng này, từ bản nhập của nguồn “{source}”.", source=source)
        return say("Biên tập tại Cổng này.")
    if source:
        return say("Nhập từ nguồn “{source}”; chưa được biên tập tại Cổng này.", source=source)
    return say("Nhập từ nguồn không ghi tên; chưa được biên tập tại Cổng này.")
