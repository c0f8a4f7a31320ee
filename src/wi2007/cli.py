"""The command `wi2007`: for people, in Dutch.

Imports only what reading a command line needs; the rest is imported by the command that uses it.
What does not belong here: anything a step does.
"""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from wi2007 import __version__
from wi2007.errors import EXIT_REFUSED, EXIT_UNEXPECTED, UserError
from wi2007.project import ROOT, is_cbs_workbook

STOPPED = 130
ROWS = 10
"""Rows that `diff` shows of each table."""
USAGE = """\
Gebruik: wi2007 run [PEILDATUM …] [--directory MAP] [--afronding 5|10|uit] [--cores AANTAL] [--verbose]
         wi2007 inspect BESTAND [--output PLAATS] [--peildatum JJJJ-MM-DD]
         wi2007 demo [--vervolg] [--directory MAP]
         wi2007 diff EERSTE TWEEDE [--directory MAP] [--markdown] [--output PLAATS] [--alles | --regels AANTAL]
         wi2007 --version
"""
HELP = f"""\
{USAGE}
Van een levering van DUO over de Wet inburgering 2007 naar tabellen en een rapport.

  run      maakt het rapport van elke peildatum onder data/raw/, of van de peildata die u noemt (jaar-maand-dag).
           Staat er nog niets, dan komt er eerst een demonstratielevering. Wat al klaar is, wordt overgeslagen.
  inspect  kijkt in een bestand waarvan de kolommen anders heten: laat zien welke velden er zijn en wat erin lijkt te
           staan, zegt of run het bestand zou aannemen, en schrijft waar dat helpt een voorstel voor levering.yaml naast
           het bestand. Een levering.yaml die er al is, blijft.
           Bij een werkboek van het CBS (cbs*.xlsx): wat koppen en labels betekenen, en zo nodig een cbs.yaml.
  demo     zet alleen de demonstratielevering klaar: verzonnen personen, peildatum 2022-07-01.
           Met --vervolg ook een tweede: dezelfde personen op 2023-10-01, om ontwikkelingen mee te bekijken.
  diff     laat zien wat er in de tabellen veranderde, het grootste verschil eerst. EERSTE en TWEEDE zijn peildata, of
           mappen publicatie of tabellen van een rapport, bijvoorbeeld van voor en na een verandering van het programma.

  --directory MAP   werk met data/ en reports/ in deze map in plaats van in het project
  --afronding 5|10|uit
                    rond aantallen af op veelvouden van 5 of 10; met uit zijn ze exact en niet voor publicatie.
                    Anders geldt wat in config/config.yaml staat
  --cores AANTAL    zoveel stappen tegelijk; anders wat in config/config.yaml staat
  --vervolg         ook de vervolglevering van de demonstratie
  --output PLAATS   zet het voorstel van inspect, of het verschil van diff, hier
  --peildatum DAG   de peildatum van het bestand; anders de naam van de map waarin het staat
  --markdown        schrijf het verschil als Markdown, voor een merge request
  --regels AANTAL   zoveel verschillen bij elke tabel; anders 10
  --alles           alle verschillen bij elke tabel
  --verbose         laat ook alle berichten van Snakemake zien
  --version         het versienummer
  --help            deze uitleg

Eindigt met 0 als elk gevraagd rapport er is en bij de tijd is (bij inspect: als run de levering aanneemt, zo nodig met
het voorstel), met 2 als een levering is geweigerd, een instelling niet klopt of in het voorstel nog een vraag staat, en
met 1 bij iets onverwachts.
Bij diff: 0 als er niets veranderde, 3 als er iets veranderde, 2 als er niets te vergelijken is.
"""
WORDS = (
    (r"unrecognized arguments: (.*)", r"onbekend: \1"),
    (r"argument (\S+): expected one argument", r"achter \1 ontbreekt een waarde"),
    (r"argument --afronding: invalid choice.*", "achter --afronding hoort 5, 10 of uit"),
    (r"argument command: invalid choice: (\S+).*", r"onbekende opdracht: \1"),
    (r"the following arguments are required: file", "noem het bestand waarin gekeken moet worden"),
    (r"the following arguments are required: .*(EERSTE|TWEEDE).*", "noem de twee die u wilt vergelijken"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 en \2 gaan niet samen"),
    (r"the following arguments are required: .*", "noem een opdracht: run, inspect, demo of diff"),
    (r"argument (\S+): (.*)", r"\1 \2"),
)


class Parser(argparse.ArgumentParser):
    """A command line that explains itself in Dutch."""

    def error(self, message: str) -> NoReturn:
        """Say what cannot be understood, and how it should be."""
        for pattern, words in WORDS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        raise UserError(f"Deze opdracht klopt niet ({message}).\n{USAGE.rstrip()}")

    def format_help(self) -> str:
        """The whole explanation, for every command the same."""
        return HELP


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("moet een geheel getal vanaf 1 zijn")
    return int(text)


def parser() -> Parser:
    """What may stand on the command line."""
    main_parser = Parser(prog="wi2007", allow_abbrev=False)
    main_parser.add_argument("--version", action="version", version=f"wi2007 {__version__}")
    commands = main_parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    run = commands.add_parser("run", allow_abbrev=False)
    run.add_argument("peildata", nargs="*", metavar="PEILDATUM")
    run.add_argument("--cores", type=_count)
    run.add_argument("--afronding", choices=("5", "10", "uit"))
    run.add_argument("--verbose", action="store_true")
    demo = commands.add_parser("demo", allow_abbrev=False)
    demo.add_argument("--vervolg", action="store_true")
    inspect = commands.add_parser("inspect", allow_abbrev=False)
    inspect.add_argument("file", type=Path)
    inspect.add_argument("--output", type=Path)
    inspect.add_argument("--peildatum")
    diff = commands.add_parser("diff", allow_abbrev=False)
    diff.add_argument("before", metavar="EERSTE")
    diff.add_argument("after", metavar="TWEEDE")
    diff.add_argument("--markdown", action="store_true")
    diff.add_argument("--output", type=Path)
    rows = diff.add_mutually_exclusive_group()
    rows.add_argument("--alles", action="store_true")
    rows.add_argument("--regels", type=_count, default=ROWS)
    for command in (run, demo, diff):
        command.add_argument("--directory", type=Path, default=ROOT)
    return main_parser


def _do(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.command == "demo":
        from wi2007.run.demonstration import write_only  # noqa: PLC0415

        return write_only(arguments.directory, arguments.vervolg)
    if arguments.command == "inspect":
        return _inspect(arguments)
    if arguments.command == "diff":
        from wi2007.run.difference import tell_difference  # noqa: PLC0415

        return tell_difference(arguments)
    from wi2007.run.session import make_reports  # noqa: PLC0415

    return make_reports(arguments)


def _inspect(arguments: argparse.Namespace) -> int:
    """Look into a delivery, or into a CBS workbook."""
    from wi2007 import settings  # noqa: PLC0415
    from wi2007.inspection.command import inspect  # noqa: PLC0415
    from wi2007.inspection.task import task_of  # noqa: PLC0415
    from wi2007.run import workbook  # noqa: PLC0415
    from wi2007.steps.edge import hush  # noqa: PLC0415

    hush()
    configured = settings.read().layout
    if is_cbs_workbook(arguments.file):
        task = task_of(arguments, configured)
        if workbook.is_workbook(task):
            return workbook.inspect(task, arguments)
    return inspect(arguments, configured)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; no error reaches the user as a traceback."""
    words = sys.argv[1:] if words is None else words
    try:
        return _do(parser().parse_args(words))
    except UserError as error:
        print(error, file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        print("Gestopt.", file=sys.stderr)
        return STOPPED
    except Exception as error:
        return unexpected(error, "--verbose" in words)


def unexpected(error: Exception, verbose: bool) -> int:
    """Tell a defect of the program in one line; its message is left out, it could quote a value from a row."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:])
    print(f"Onverwachte fout ({type(error).__name__}) in {places}.", file=sys.stderr)
    if verbose:
        print("".join(traceback.format_list(frames)), file=sys.stderr)
    return EXIT_UNEXPECTED


if __name__ == "__main__":
    sys.exit(main())
