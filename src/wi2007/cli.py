"""The command `wi2007`: for people, in Dutch, by way of click.

Imports only what reading a command line needs; the rest is imported by the command that uses it. What click says in
English never reaches a user: its errors are told by `mistake`, its help is laid out by `_Dutch`.
What does not belong here: anything a step does.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import click

from wi2007 import __version__, system
from wi2007.errors import EXIT_REFUSED, EXIT_UNEXPECTED, UserError
from wi2007.project import ROOT, Run, is_cbs_workbook

STOPPED = 130
ROWS = 10
"""Rows that `diff` shows of each table."""
WIDTH = 100
"""Characters of a line of help."""

_MISSING: Final = {
    "file": "noem het bestand waarin gekeken moet worden",
    "before": "noem de twee die u wilt vergelijken, of een peildatum met een proef",
}


class _Dutch(click.Command):
    """A command that explains itself in Dutch; `examples` are command lines that its help ends with."""

    def __init__(self, *words: Any, examples: Sequence[str], **more: Any) -> None:
        super().__init__(*words, **more)
        self.examples = examples

    def make_context(self, *words: Any, **more: Any) -> click.Context:
        """Return the context; the width of help does not follow the screen."""
        return super().make_context(*words, terminal_width=WIDTH, help_option_names=["--help", "-h"], **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words. Raises `click.UsageError`, also where an option stands in the place of a value."""
        options = [param for param in self.params if isinstance(param, click.Option)]
        valued = {name for option in options if not option.is_flag for name in option.opts}
        before_rest = args[: args.index("--")] if "--" in args else args
        for name, value in pairwise([*before_rest, "--"]):
            is_option = value[:1] == "-" and value != "-" and not value[1:2].isdigit()
            if is_option and name in valued:
                raise click.UsageError(f"achter {name} ontbreekt een waarde", ctx)
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(f"onbekend: {' '.join(rest)}", ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that explains, itself explained in Dutch."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "deze uitleg"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is given."""
        formatter.write(f"Gebruik: {pattern(self)}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the examples."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        with formatter.section("Opties"):
            formatter.write_dl([record for option in options if (record := option.get_help_record(ctx))])
        with formatter.section("Voorbeelden"):
            formatter.write("".join(f"  {example}\n" for example in self.examples))


class _Commands(_Dutch, click.Group):
    """The commands together; its help lists them."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how each command is given."""
        formatter.write(usage() + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        with formatter.section("Opdrachten"):
            formatter.write_dl([(name, made.short_help or "") for name, made in self.commands.items()])
        super().format_options(ctx, formatter)


class _Instead(click.Option):
    """An option that does not go together with the one before it, `other` (its name, and that of its value)."""

    def __init__(self, *words: Any, other: tuple[str, str], **more: Any) -> None:
        super().__init__(*words, **more)
        self.other = other

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Return the value. Raises `click.UsageError` when both were given."""
        shown, name = self.other
        if self.name in opts and name in opts:
            raise click.UsageError(f"{self.opts[0]} en {shown} gaan niet samen", ctx)
        return super().handle_parse_result(ctx, opts, args)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(text)
    return int(text)


def pattern(command: click.Command) -> str:
    """Return how a command is given, on one line."""
    pieces: list[str] = []
    for param in command.params:
        name = " ".join([param.opts[0], param.metavar or ""]).rstrip()
        if isinstance(param, _Instead):
            pieces[-1] = f"{pieces[-1].removesuffix(']')} | {name}]"
        else:
            pieces.append(f"[{name}]" if isinstance(param, click.Option) else param.metavar or "")
    return " ".join(["wi2007", command.name or "", *pieces])


def usage() -> str:
    """Return how each command is given, one on a line."""
    lines = [*map(pattern, wi2007.commands.values()), "wi2007 --version"]
    return "Gebruik: " + "\n         ".join(lines)


def mistake(error: click.UsageError) -> str:
    """Return in Dutch what is wrong with a command line."""
    told = error.message
    match error:
        case click.NoSuchOption(option_name="--config" | "--configfile" as name):
            told = (
                f"onbekend: {name}; wat u instelt staat in config/config.yaml, en {name} hoort bij snakemake"
            )
        case click.NoSuchOption():
            told = f"onbekend: {error.option_name}"
        case click.NoSuchCommand():
            told = f"onbekende opdracht: {error.command_name!r}"
        case click.BadOptionUsage():
            told = f"achter {error.option_name} hoort geen waarde"
        case click.MissingParameter(param=click.Parameter(name=name)):
            told = _MISSING[name]
        case click.BadParameter(param=click.Parameter(opts=[name], type=click.Choice(choices=choices))):
            told = f"achter {name} hoort {', '.join(choices[:-1])} of {choices[-1]}"
        case click.BadParameter(param=click.Parameter(opts=[name])):
            told = f"{name} moet een geheel getal vanaf 1 zijn"
    return told


def _version(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        click.echo(f"wi2007 {__version__}")
        ctx.exit()


_directory = click.option(
    "--directory",
    metavar="MAP",
    type=Path,
    default=ROOT,
    help="werk met data/ en reports/ in deze map in plaats van in het project",
)


@click.group(
    cls=_Commands,
    name="wi2007",
    invoke_without_command=True,
    help="Van een levering van DUO over de Wet inburgering 2007 naar tabellen en een rapport. "
    "Meer over een opdracht: wi2007 OPDRACHT --help.",
    epilog="Eindigt met 0 als alles goed is, met 2 als er iets aan de levering, de instellingen of de opdracht te "
    "verbeteren is, en met 1 bij iets onverwachts. Bij diff: 3 als er iets veranderde.",
    examples=("wi2007 run", "wi2007 run --help"),
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="het versienummer"
)
@click.pass_context
def wi2007(ctx: click.Context) -> None:
    """Refuse a command line without a command."""
    if ctx.invoked_subcommand is None:
        *names, last = wi2007.commands
        raise click.UsageError(f"noem een opdracht: {', '.join(names)} of {last}", ctx)


@wi2007.command(
    cls=_Dutch,
    short_help="maakt het rapport van elke peildatum, of van de peildata die u noemt",
    help="Maakt het rapport van elke peildatum onder data/raw/, of alleen van de peildata die u noemt. "
    "Staat er nog niets, dan komt er eerst een demonstratielevering. Wat al klaar is, wordt overgeslagen.",
    epilog="Eindigt met 0 als elk gevraagd rapport er is en actueel is, met 2 als een levering is geweigerd of "
    "een instelling niet klopt, en met 1 bij iets onverwachts.",
    examples=(
        "wi2007 run",
        "wi2007 run 2024-07-01 --afronding 10",
        "wi2007 run 2024-07-01 --proef",
        "wi2007 run --directory map --cores 1",
    ),
)
@click.argument("peildata", nargs=-1, metavar="[PEILDATUM …]")
@_directory
@click.option(
    "--afronding",
    "rounding",
    metavar="5|10|uit",
    type=click.Choice(("5", "10", "uit")),
    help="rond aantallen af op veelvouden van 5 of 10; met uit zijn ze exact en niet voor publicatie. "
    "Anders geldt wat in config/config.yaml staat",
)
@click.option(
    "--cores",
    metavar="AANTAL",
    type=_count,
    help="zoveel stappen tegelijk; anders wat in config/config.yaml staat",
)
@click.option(
    "--proef",
    "draft",
    is_flag=True,
    help="maak een proef: het hele rapport met een eigen loting, in eigen mappen, niet voor publicatie en geen uitgave",
)
@click.option("--verbose", is_flag=True, help="laat ook alle berichten van Snakemake zien")
def run(directory: Path, draft: bool, **asked: Any) -> int:
    """Make reports."""
    from wi2007.run.session import make_reports  # noqa: PLC0415

    return make_reports(Run(directory.resolve(), draft), **asked)


@wi2007.command(
    cls=_Dutch,
    short_help="kijkt in een bestand: welke velden er zijn en of run het zou aannemen",
    help="Kijkt in een bestand waarvan de kolommen anders heten: laat zien welke velden er zijn en wat erin lijkt te "
    "staan, zegt of run het bestand zou aannemen, en schrijft waar dat helpt een voorstel voor levering.yaml naast "
    "het bestand. Een levering.yaml die er al is, blijft.\n\n"
    "Bij een werkboek van het CBS (cbs*.xlsx): wat koppen en labels betekenen, en zo nodig een cbs.yaml.",
    epilog="Eindigt met 0 als run de levering aanneemt, zo nodig met het voorstel, met 2 als een levering is geweigerd "
    "of in het voorstel nog een vraag staat, en met 1 bij iets onverwachts.",
    examples=(
        "wi2007 inspect data/raw/2022-07-01/levering.csv",
        "wi2007 inspect levering.csv --peildatum 2022-07-01 --output voorstel.yaml",
    ),
)
@click.argument("file", metavar="BESTAND", type=Path)
@click.option("--output", metavar="PLAATS", type=Path, help="zet het voorstel hier")
@click.option(
    "--peildatum",
    metavar="JJJJ-MM-DD",
    help="de peildatum van het bestand; anders de naam van de map waarin het staat",
)
def inspect(file: Path, output: Path | None, peildatum: str | None) -> int:
    """Look into a delivery, or into a CBS workbook."""
    from wi2007 import settings  # noqa: PLC0415
    from wi2007.inspection.command import inspect as look  # noqa: PLC0415
    from wi2007.inspection.task import task_of  # noqa: PLC0415
    from wi2007.run import workbook  # noqa: PLC0415
    from wi2007.steps.edge import hush  # noqa: PLC0415

    hush()
    task = task_of(file, output, peildatum, settings.read().layout)
    if is_cbs_workbook(file) and workbook.is_workbook(task):
        return workbook.inspect(task, output)
    return look(task)


@wi2007.command(
    cls=_Dutch,
    short_help="zet alleen de demonstratielevering klaar, of haalt de demonstratie weg",
    help="Zet alleen de demonstratielevering klaar: verzonnen personen, peildatum 2022-07-01. Met --vervolg ook een "
    "tweede: dezelfde personen op 2023-10-01, om ontwikkelingen mee te bekijken. Met --weg verdwijnen beide weer, met "
    "wat ervan gemaakt is; al het andere blijft.",
    epilog="Eindigt met 0 als de levering er staat, met 2 als dat niet kan, en met 1 bij iets onverwachts.",
    examples=("wi2007 demo", "wi2007 demo --vervolg --directory map", "wi2007 demo --weg"),
)
@click.option("--vervolg", "follow_up", is_flag=True, help="ook de vervolglevering van de demonstratie")
@click.option(
    "--weg",
    "gone",
    is_flag=True,
    cls=_Instead,
    other=("--vervolg", "follow_up"),
    help="haal de demonstratie weg: levering, tussenbestanden en rapport",
)
@_directory
def demo(**asked: Any) -> int:
    """Write the demonstration, or take it away."""
    from wi2007.run.demonstration import command  # noqa: PLC0415

    return command(**asked)


@wi2007.command(
    cls=_Dutch,
    short_help="laat zien welke uitgaven er zijn, en legt vast welke naar buiten is gegaan",
    help="Laat van elke peildatum zien welke uitgaven er zijn en welke naar buiten zijn gegaan. Met --vastleggen legt "
    "u vast dat het rapport van die peildata naar buiten gaat. Zo'n uitgave wordt niet meer vervangen zonder een "
    "reden in config/config.yaml (hertrekking); een uitgave die nooit naar buiten ging wel.",
    epilog="Eindigt met 0 als het gelukt is, met 2 als er niets is om vast te leggen, en met 1 bij iets onverwachts.",
    examples=("wi2007 uitgaven", "wi2007 uitgaven --vastleggen 2024-07-01"),
)
@_directory
@click.option(
    "--vastleggen",
    "gone",
    metavar="PEILDATUM",
    multiple=True,
    help="leg vast dat het rapport van deze peildatum naar buiten gaat; mag vaker",
)
def uitgaven(directory: Path, gone: tuple[str, ...]) -> int:
    """Tell which releases there are, or that one left the house."""
    from wi2007.run import releases  # noqa: PLC0415

    return releases.command(Run(directory.resolve()), gone)


@wi2007.command(
    cls=_Dutch,
    short_help="laat zien wat er veranderde tussen twee rapporten, het grootste verschil eerst",
    help="Laat zien wat er veranderde, het grootste verschil eerst: aan de invoer (levering, correcties, codelijsten, "
    "instellingen, programma), in de bevindingen, de uitspraken en de tabellen. EERSTE en TWEEDE zijn peildata, of "
    "mappen publicatie of tabellen van een rapport, bijvoorbeeld van voor en na een verandering van het programma. "
    "Zonder TWEEDE is het de proef van dezelfde peildatum (wi2007 run --proef): zo ziet u wat een verbeterde levering "
    "doet voordat zij in een rapport komt.",
    epilog="Eindigt met 0 als er niets veranderde, met 3 als er iets veranderde, met 2 als er niets te vergelijken is, "
    "en met 1 bij iets onverwachts.",
    examples=(
        "wi2007 diff 2022-07-01 2023-10-01",
        "wi2007 diff 2022-07-01",
        "wi2007 diff voor/tabellen na/tabellen --markdown --output verschil.md --regels 5",
    ),
)
@click.argument("before", metavar="EERSTE")
@click.argument("after", metavar="[TWEEDE]", required=False)
@_directory
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help="schrijf het verschil als Markdown, voor een merge request",
)
@click.option("--output", metavar="PAD", type=Path, help="zet het verschil in dit bestand")
@click.option("--kort", "short", is_flag=True, help="van elke tabel alleen het grootste verschil")
@click.option("--alles", "everything", is_flag=True, help="alle verschillen bij elke tabel")
@click.option(
    "--regels",
    "rows",
    cls=_Instead,
    other=("--alles", "everything"),
    metavar="AANTAL",
    type=_count,
    default=str(ROWS),
    help=f"zoveel verschillen bij elke tabel; anders {ROWS}",
)
def diff(directory: Path, output: Path | None, everything: bool, rows: int, **asked: Any) -> int:
    """Tell what moved."""
    from wi2007.run.difference import Layout, tell_difference  # noqa: PLC0415

    names = asked.pop("before"), asked.pop("after")
    layout = Layout(most=None if everything else rows, **asked)
    return tell_difference(directory, names, output, layout)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no error reaches the user as a traceback."""
    words = sys.argv[1:] if words is None else words
    try:
        system.check()
        with wi2007.make_context("wi2007", list(words)) as context:
            return int(wi2007.invoke(context))
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.UsageError as error:
        print(f"Deze opdracht klopt niet ({mistake(error)}).\n{usage()}", file=sys.stderr)
        return EXIT_REFUSED
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
    import traceback  # noqa: PLC0415

    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:])
    print(f"Onverwachte fout ({type(error).__name__}) in {places}.", file=sys.stderr)
    if verbose:
        print("".join(traceback.format_list(frames)), file=sys.stderr)
    return EXIT_UNEXPECTED


if __name__ == "__main__":
    sys.exit(main())
