"""The `motcua` command: what an operator, and `make`, can say to the portal."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from motcua.config.embedded import ServerError
from motcua.config.env import ConfigurationError

Act = Callable[[argparse.Namespace], int]


class CommandError(Exception):
    """The command can't do what was asked; the text says why and what to do."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; errors are one clear line, never a traceback.

    Returns:
        0 done · 1 refused or failed · 2 wrong words · 3 done but for bad lines of a file · 130 interrupted.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    words = list(sys.argv[1:] if words is None else words)
    parser = _parser()
    if words[:1] == ["manage"]:
        return _said(_manage, argparse.Namespace(words=words[1:]))
    if words[:1] == ["local"]:
        from motcua.config.cli import local

        return _said(local.run_with_database, argparse.Namespace(words=words[1:]))
    given = parser.parse_args(words)
    if not hasattr(given, "act"):
        parser.print_help()
        return 0
    return _said(given.act, given)


def _said(act: Act, given: argparse.Namespace) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError

    from motcua.core.errors import BusinessError

    try:
        return act(given)
    except ConfigurationError as trouble:
        print(f"motcua: {trouble} `motcua doctor` and docs/operator/configuration.md tell more.", file=sys.stderr)
    except (CommandError, ServerError, BusinessError, ImproperlyConfigured) as trouble:
        print(f"motcua: {trouble}", file=sys.stderr)
    except OperationalError as trouble:
        print(f"motcua: the database does not answer: {str(trouble).strip()}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nmotcua: stopped.", file=sys.stderr)
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa: a portal for public services.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_processes(commands)
    _add_keeping(commands)
    _add_catalogue(commands)
    commands.add_parser("manage", help="Django's own command line: motcua manage migrate")
    return parser


def _add_processes(commands: Any) -> None:
    run = _add(commands, "run", "local.run", "start the whole portal here, with a sample ward (what `make run` does)")
    run.add_argument("--with-parent", action="store_true", help="stop when the program that started this is killed")
    commands.add_parser("local", help="run another command with this folder's own database: motcua local manage shell")
    worker = _add(commands, "worker", "processes.worker", "do the jobs: messages, receipts, seals, time limits")
    worker.add_argument("--concurrency", type=int, default=2)
    for name, told in (
        ("demo-peers", "answer for the outside: the demo SMS gateway"),
        ("demo-national", "answer as the demo National portal: logins and confirmations"),
        ("demo-vnpay", "answer as VNPAY would: a bank's page, notices, an API"),
        ("demo-zalo", "answer as Zalo would: messages, followers, notices, a phone to read them on"),
        ("demo-post", "answer as the public post would, with a page for the postman"),
        ("mail-catcher", "take all mail and keep it in the run-time folder"),
    ):
        _add(commands, name, f"processes.{name.replace('-', '_')}", told)


def _add_keeping(commands: Any) -> None:
    _add(commands, "doctor", "doctor.doctor", "what is configured, what is missing, where things lie")
    sample = _group(commands, "sample", "the sample ward: load, reset")
    _add(sample, "load", "sample.load", "fill an empty database with the sample ward")
    _add(sample, "reset", "sample.reset", "empty a sample database and load it again; refuses any other")
    audit = _group(commands, "audit", "the sealed audit trail: verify")
    chain = _add(audit, "verify", "audit.verify", "walk the chain of seals and name the first broken event")
    chain.add_argument("seal", nargs="?", default="", help="a seal noted earlier, which must still be in the chain")
    files = _group(commands, "documents", "the files: verify")
    look = _add(files, "verify", "documents.verify", "read every file and name those that are missing or changed")
    look.add_argument("--quick", action="store_true", help="only whether each file is there")


def _add_catalogue(commands: Any) -> None:
    procedures = _group(commands, "procedures", "the catalogue: import, export, forms")
    take_in = _add(procedures, "import", "procedures.take_in", "take in records from files (docs/catalogue.md)")
    take_in.add_argument("files", nargs="+", metavar="FILE", help="JSON Lines, also .xz and .gz; - is standard input")
    take_in.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    take_in.add_argument("--report", metavar="FILE.csv", default="", help="write every problem with its place")
    take_in.add_argument(
        "--source-name", metavar="NAME", default="", help="who published the files, as people read it on the pages"
    )
    take_in.add_argument("--wait", action="store_true", help="wait for an import that is at work")
    give_out = _add(procedures, "export", "procedures.give_out", "write the records in force, a line each")
    give_out.add_argument(
        "--output", metavar="FILE", default="-", help="a file (.xz and .gz are packed), not the terminal"
    )
    give_out.add_argument("--all", action="store_true", help="also what waits for an editor")
    forms = _add(procedures, "forms", "procedures.put_forms", "put files of blank forms behind the names in records")
    forms.add_argument("folder", metavar="FOLDER", help="files named as records name them; in folders called by a code")
    forms.add_argument("--dry-run", action="store_true", help="say what would go where, look into no file")

    search = _add(commands, "search", "search.search", 'ask the catalogue, as people do: motcua search "mất sổ đỏ"')
    search.add_argument("text", nargs="+", metavar="QUESTION")
    search.add_argument("--json", action="store_true", help="a list of code, name, score and why")
    search.add_argument("--limit", type=int, default=10, metavar="N", help="how many at most (10)")


def _group(parent: Any, name: str, told: str) -> Any:
    """A word that wants another one: `motcua audit verify`."""
    return parent.add_parser(name, help=told).add_subparsers(required=True, metavar="ACT")


def _add(parent: Any, name: str, act: str, told: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = parent.add_parser(name, help=told, description=told)
    command.set_defaults(act=_lazy(act))
    return command


def _lazy(name: str) -> Act:
    """Import a command only when it is called: `motcua --help` needs no settings."""

    def act(given: argparse.Namespace) -> int:
        from importlib import import_module

        module, function = name.split(".")
        found: Act = getattr(import_module(f"motcua.config.cli.{module}"), function)
        return found(given)

    return act


def setup() -> None:
    """Load settings and rooms, for commands that work on the database."""
    import django

    django.setup()


def _manage(given: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["motcua manage", *given.words])
    return 0
