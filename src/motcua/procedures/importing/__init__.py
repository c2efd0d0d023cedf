"""Lines of the catalogue (docs/catalogue.md) read into records and written from them. Pure: no table is touched."""

from motcua.procedures.importing.doubts import Doubtful
from motcua.procedures.importing.reading import LineError, Reading, read
from motcua.procedures.importing.writing import content, write

__all__ = ["Doubtful", "LineError", "Reading", "content", "read", "write"]
