"""Files of forms from a folder, put behind the forms that records name: for operators, many at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.base import File

from motcua.audit.services import HasName
from motcua.core.errors import BusinessError
from motcua.documents.models import Document
from motcua.documents.services import take_form_file
from motcua.procedures.models import Procedure, Requirement
from motcua.procedures.queries import in_force
from motcua.procedures.rules.forms import matched
from motcua.procedures.services.holding import hold_forms


@dataclass
class FolderReport:
    """What became of a folder.

    Attributes:
        held: code of the procedure → names of its forms that got a file; without a dry run, by a new version.
        unchanged: files whose procedure held them already.
        refused: file → why.
        elsewhere: file → how many procedures name this form; which of them is meant isn't guessed.
        unknown: files that no record in force names.
    """

    dry_run: bool
    held: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def hold_folder(folder: Path, *, by: HasName | None, dry_run: bool = False) -> FolderReport:
    """Put the files of a folder behind the forms of that name; those in a folder called by a code behind that one's.

    A file that lies at the top goes where exactly one procedure names the form: "Mẫu số 01" is another form in every
    second procedure. Each procedure wholly or not at all; run again, it goes on. Links and hidden files are left alone.

    Args:
        dry_run: only tell which file would go where; none is looked into.
    """
    report = FolderReport(dry_run)
    names = _names_in_force()
    wanted = _in_own_folders(folder, names, report)
    for code, files in _at_the_top(folder, names, report).items():
        wanted.setdefault(code, {}).update({name: file for name, file in files.items() if name not in wanted[code]})
    for code in sorted(wanted):
        if dry_run:
            report.held[code] = list(wanted[code])
        else:
            _hold(code, wanted[code], folder, by, report)
    return report


def _names_in_force() -> dict[str, list[str]]:
    """The names of forms by code of the procedure; two queries."""
    rows = list(in_force().order_by("procedure__code").values_list("pk", "procedure__code", "forms"))
    named: dict[int, list[str]] = {pk: [] for pk, _, _ in rows}
    papers = Requirement.objects.filter(version__in=in_force().values("pk").order_by()).exclude(form_files=[])
    for version, files in papers.order_by("version", "position").values_list("version", "form_files"):
        named[version] += files
    return {code: list(dict.fromkeys([*named[pk], *forms])) for pk, code, forms in rows}


def _in_own_folders(folder: Path, names: Mapping[str, list[str]], report: FolderReport) -> dict[str, dict[str, Path]]:
    wanted = {}
    for own in sorted(path for path in folder.iterdir() if path.is_dir() and _is_meant(path)):
        files = {path.name: path for path in _files(own)}
        found = matched(names.get(own.name, ()), files)
        report.unknown += [f"{own.name}/{name}" for name in files if name not in found.values()]
        if found:
            wanted[own.name] = {name: files[file] for name, file in found.items()}
    return wanted


def _at_the_top(folder: Path, names: Mapping[str, list[str]], report: FolderReport) -> dict[str, dict[str, Path]]:
    files = {path.name: path for path in _files(folder)}
    by_file: dict[str, list[tuple[str, str]]] = {name: [] for name in files}
    for code, forms in names.items():
        for name, file in matched(forms, files).items():
            by_file[file].append((code, name))
    wanted: dict[str, dict[str, Path]] = {}
    for file, found in by_file.items():
        codes = {code for code, _ in found}
        if not codes:
            report.unknown.append(file)
        elif len(codes) > 1:
            report.elsewhere[file] = len(codes)
        else:
            wanted.setdefault(found[0][0], {}).update({name: files[file] for _, name in found})
    return wanted


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and _is_meant(path))


def _is_meant(path: Path) -> bool:
    """A link may lead to any file of this machine: whoever packed the folder mustn't choose which one is published."""
    return not path.name.startswith(".") and not path.is_symlink()


def _hold(code: str, files: Mapping[str, Path], folder: Path, by: HasName | None, report: FolderReport) -> None:
    taken: dict[str, Document] = {}
    for name, path in files.items():
        try:
            with path.open("rb") as content:
                taken[name] = take_form_file(File(content, path.name), by=None)
        except BusinessError as refusal:
            report.refused[str(path.relative_to(folder))] = str(refusal)
    if not taken:
        return
    procedure = Procedure.objects.get(code=code)
    before = procedure.versions.count()
    try:
        hold_forms(procedure, taken, by=by)
    except BusinessError as refusal:
        report.refused |= {str(files[name].relative_to(folder)): str(refusal) for name in taken}
        return
    if procedure.versions.count() == before:
        report.unchanged += [str(files[name].relative_to(folder)) for name in taken]
    else:
        report.held[code] = list(taken)


def as_text(report: FolderReport) -> str:
    """The report in words, a line each."""
    count = sum(map(len, report.held.values()))
    did = "Nếu làm thật, sẽ thêm" if report.dry_run else "Đã thêm"
    lines = [f"{did} tệp cho {count} mẫu của {len(report.held)} thủ tục."]
    lines += [f"  {code}: {name}" for code, names in report.held.items() for name in names]
    parts: list[tuple[str, Mapping[str, str]]] = [
        ("Đã có từ trước", dict.fromkeys(report.unchanged, "")),
        ("Không nhận được", report.refused),
        (
            "Nhiều thủ tục cùng nêu tên này: đặt tệp trong thư mục mang mã thủ tục",
            {name: f"{codes} thủ tục" for name, codes in report.elsewhere.items()},
        ),
        ("Không bản ghi nào đang có hiệu lực nêu tên này", dict.fromkeys(report.unknown, "")),
    ]
    for title, rows in parts:
        if rows:
            lines.append(f"{title}: {len(rows)}")
            lines += [f"  {name}: {why}" if why else f"  {name}" for name, why in rows.items()]
    return "\n".join(lines)
