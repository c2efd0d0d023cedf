"""The English of the screens: `tools/messages.py extract` finds what there is to say, `compile` makes what is loaded.

`extract` reads templates and code and brings src/motcua/locale/en/LC_MESSAGES/django.po up to date: new sentences are
added empty, those that nobody says any more are dropped, translations stay. `missing` names what has no English yet and
fails. `compile` writes django.mo beside it; set-up does it (`make run`, `make test`), and a build of the wheel must.
What is collected from where: docs/decisions/0024-english.md.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "motcua"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER: dict[str, Any] = {
    "locale": "en", "domain": "django", "charset": "utf-8", "fuzzy": False,
    "project": "Một Cửa", "last_translator": "Một Cửa", "language_team": "Một Cửa",
    "msgid_bugs_address": "CONTRIBUTING.md",
    "header_comment": "# The English of the screens, as `tools/messages.py extract` keeps it.",
}  # fmt: skip
VIETNAMESE = re.compile("[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
# Whose own words are for people who use the portal in English; the officers' faces aren't.
TEMPLATES = ("web/components", "web/public", "web/citizen", "eforms")
NOT_OURS = ("web/components/templates/mc/mau.html", "web/components/templates/mc/desk.html", "web/components/mau.py")
SILENT = ("config/", "sample/", "web/desk/", "web/office/")  # speak to those who run the portal, or to officers
# Modules whose every Vietnamese literal may come to a person's screen: refusals, labels, titles of the history.
SPEAKING = (
    "web/components/**/*.py", "web/public/**/*.py", "web/citizen/**/*.py",
    "content/models.py",
    "accounts/**/*.py", "core/identity.py", "documents/models.py", "documents/rules.py", "eforms/**/*.py",
    "dossiers/access.py", "dossiers/models/*.py", "dossiers/services/*.py",
    "dossiers/rules/clock.py", "dossiers/rules/delivery.py", "dossiers/rules/moves.py",
    "dossiers/rules/national.py", "dossiers/rules/papers.py",
    "dossiers/rules/person.py", "dossiers/rules/signing.py", "dossiers/rules/states.py",
    "dossiers/rules/supplements.py",
    "dossiers/queries/drafts.py", "dossiers/queries/endings.py", "dossiers/queries/money.py",
    "dossiers/queries/people.py", "dossiers/queries/posting.py", "dossiers/queries/supplements.py",
    "delivery/queries.py", "delivery/rules/*.py", "delivery/services/orders.py",
    "offerings/models.py", "payments/rules/*.py", "payments/services/attempts.py", "payments/services/orders.py",
    "places/models.py", "procedures/models/record.py", "procedures/models/lists.py",
    "procedures/comparing/*.py",
)  # fmt: skip
NOT_SPEAKING = (
    "procedures/comparing/conditions.py",  # what a record says, in the record's language
    "web/public/feeds.py",  # a feed is Vietnamese, as the records are
    "web/public/telling.py",  # the joints of names, which nobody reads as a sentence
    "web/public/installed.py",  # what the phone keeps of the portal is Vietnamese, whoever installs it
    "accounts/flows/officer.py",
    "accounts/backends.py",
    "eforms/services.py",
    "delivery/rules/protocol.py",
)
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2)}
WORDS_OF_A_TAG = re.compile(r'"([^"{}]*)"')


@dataclass(frozen=True)
class Sentence:
    """One sentence to be translated: its id, the plural's id if it counts, where it stands."""

    text: str
    place: str
    plural: str = ""


def collect() -> list[Sentence]:
    """All that the screens for citizens say, in the order of the files."""
    return [*_of_templates(), *_of_calls(), *_of_literals()]


def _of_templates() -> Iterator[Sentence]:
    from django.utils.translation.template import templatize  # it needs the settings

    for path in _files("html", TEMPLATES):
        source = path.read_text(encoding="utf-8")
        code = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
        for _, function, found, _ in extract_python(io.BytesIO(code.encode()), [*KEYWORDS], (), {}):
            texts = found if isinstance(found, tuple) else (found,)
            plural = texts[1] if function == "ngettext" else ""
            if texts[0]:
                yield Sentence(texts[0], _place(path), plural or "")
        yield from _of_tags(source, _place(path))


def _of_tags(source: str, place: str) -> Iterator[Sentence]:
    """`{% button "Tìm" %}`: what is written into a tag is translated by the tag."""
    for tag in re.findall(r"{%\s*(.*?)\s*%}", source):
        if not tag.startswith(("translate", "blocktranslate", "comment", "if ", "elif ")):
            plain = tag.replace('_("', '("')
            yield from (Sentence(text, place) for text in WORDS_OF_A_TAG.findall(plain) if _is_ours(text))


def _is_ours(text: str) -> bool:
    """Whether a literal is said to somebody: Vietnamese letters, or a word with a capital ("Xem")."""
    return bool(VIETNAMESE.search(text) or re.match(r"[A-Z][a-z]", text)) and not text.startswith("^")


def _of_calls() -> Iterator[Sentence]:
    """`_("…")` and `say("…")`, wherever they stand."""
    for path in _files("py", ("",)):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and (name := _called(node)) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield _sentence(name, node, first.value, path)


def _sentence(name: str, node: ast.Call, text: str, path: Path) -> Sentence:
    if name == "say":
        counted = any(keyword.arg == "count" for keyword in node.keywords)
        return Sentence(text, _place(path), text if counted else "")
    plural = node.args[1] if name == "ngettext" else None
    return Sentence(text, _place(path), str(plural.value) if isinstance(plural, ast.Constant) else "")


def _called(node: ast.Call) -> str:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name if name in KEYWORDS or name == "say" else ""


def _of_literals() -> Iterator[Sentence]:
    """The other Vietnamese texts of modules that speak, and the labels of their enums."""
    for path in speaking():
        tree = _tree(path)
        silent = _unsaid(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
                yield from (Sentence(label, _place(path)) for label in _labels(node))
            elif isinstance(node, ast.Constant) and id(node) not in silent and _is_sentence(node.value):
                yield Sentence(str(node.value), _place(path))


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and len(value) > 2 and "\\" not in value and bool(VIETNAMESE.search(value))


def speaking() -> list[Path]:
    """The modules whose literals reach people."""
    found = {path for pattern in SPEAKING for path in SOURCE.glob(pattern) if "migrations" not in path.parts}
    return sorted(path for path in found if _place(path) not in (*NOT_OURS, *NOT_SPEAKING))


def pieces() -> list[str]:
    """f-strings with Vietnamese in modules that speak: nobody could translate them, `say` belongs there."""
    return [
        f"{_place(path)}:{node.lineno}"
        for path in speaking()
        for tree in [_tree(path)]
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and _speaks(node) and id(node) not in _shown(tree)
    ]


def _speaks(node: ast.JoinedStr) -> bool:
    return any(VIETNAMESE.search(str(one.value)) for one in node.values if isinstance(one, ast.Constant))


def _shown(tree: ast.AST) -> set[int]:
    """What stands inside `__str__`: for logs and shells."""
    named = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__str__"]
    return {id(inner) for node in named for inner in ast.walk(node)}


def _unsaid(tree: ast.AST) -> set[int]:
    """Docstrings, parts of f-strings, and what calls and enums have given already."""
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Call) and _called(node)):
            silent.update(id(inner) for inner in ast.walk(node) if isinstance(inner, ast.Constant))
    return silent


def _labels(node: ast.ClassDef) -> list[str]:
    values = [one.value for one in node.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Tuple)]
    return [str(value.elts[-1].value) for value in values if isinstance(value.elts[-1], ast.Constant)]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _files(ending: str, folders: tuple[str, ...]) -> list[Path]:
    paths = {path for folder in folders for path in (SOURCE / folder).rglob(f"*.{ending}")}
    return sorted(path for path in paths if _place(path) not in NOT_OURS and not _place(path).startswith(SILENT))


def _place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def catalogue() -> Catalog:
    """What is translated so far."""
    if not PO.exists():
        return Catalog(**HEADER)
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def extract() -> int:
    """Bring the file of translations up to date; says what is new."""
    old, new = catalogue(), Catalog(**HEADER)
    for sentence in sorted(collect(), key=lambda one: not one.plural):  # with a plural where anybody counts
        if new.get(sentence.text):
            new.get(sentence.text).locations.append((sentence.place, None))
            continue
        key = (sentence.text, sentence.plural) if sentence.plural else sentence.text
        known = old.get(sentence.text)
        english = known.string if known else ""
        if sentence.plural and not isinstance(english, tuple):
            english = ("", "")
        if not sentence.plural and isinstance(english, tuple):
            english = ""
        new.add(key, english, locations=[(sentence.place, None)])
    _write(new)
    empty = missing(new)
    print(f"{len(new)} sentences, {len(empty)} without English")
    return 0


def missing(messages: Catalog) -> list[str]:
    """The sentences that have no English."""
    return [str(_text(one.id)) for one in messages if one.id and not all(_parts(one.string))]


def _text(key: object) -> object:
    return key[0] if isinstance(key, tuple | list) else key


def _parts(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string or ""),)


def _write(messages: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, messages, width=120, omit_header=False, sort_by_file=True, include_lineno=False)
    text = re.sub(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', "", buffer.getvalue().decode())
    PO.write_text(text, encoding="utf-8")


def compile_messages() -> int:
    """Write what Django loads, unless it is newer than the translations."""
    if not PO.exists() or (MO.exists() and MO.stat().st_mtime_ns > PO.stat().st_mtime_ns):
        return 0
    beside = MO.with_name(f".{os.getpid()}.mo")
    with beside.open("wb") as file:
        write_mo(file, catalogue())
    beside.replace(MO)  # whole or not at all: another process may be loading it
    return 0


def main() -> int:
    """0 when it went well; `missing` gives 1 while a sentence has no English."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    if word == "compile":
        return compile_messages()
    if word == "pieces":
        print("\n".join(pieces()))
        return 1 if pieces() else 0
    if word == "missing":
        found = missing(catalogue())
        print("\n".join(found))
        return 1 if found else 0
    if word == "extract":
        from django.conf import settings

        settings.configure(USE_I18N=True)
        return extract() or compile_messages()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
