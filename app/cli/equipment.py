"""flask equipment import and export: lists from the command line and back."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup

from app.accounts.operator import OPERATOR
from app.inventory.errors import ImportRefused
from app.inventory.exporting import Format, list_file, public_only
from app.inventory.import_wording import place_text, problem_text
from app.inventory.problems import Problem
from app.inventory.queries.search import Sort, list_found
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.inventory.rules.importing.mapping import Field, Settings
from app.inventory.rules.importing.plan import Outcome, Plan
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.services.importing import import_equipment, plan_import
from app.web.links import address_of

equipment = AppGroup("equipment", help="The list of equipment.")


@equipment.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", required=True, metavar="COLUMN", help="The column by which a line is known again.")
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Take the field from this column."
)
@click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="The same for every line.")
@click.option(
    "--map-value", "meanings", multiple=True, metavar="FIELD:FROM=TO", help="What a value of the list means."
)
@click.option("--sheet", "sheet_name", metavar="NAME", help="The sheet of a workbook; else the first.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
def import_list(
    file: Path,
    key: str,
    columns: tuple[str, ...],
    constants: tuple[str, ...],
    meanings: tuple[str, ...],
    sheet_name: str | None,
    dry_run: bool,
) -> None:
    """Bring equipment in from a CSV file or an Excel workbook (.xlsx): all of it, or nothing and why.

    FIELD is one of name, aliases, category, lab, location, manufacturer, model, serial, asset_tag,
    description, status, commissioned_on, quantity. Without any --map the headers decide. Importing the
    list again changes only what differs.
    """
    told = Settings(key, dict(_pairs(columns)), dict(_pairs(constants)), _meanings(meanings))
    try:
        with file.open("rb") as opened:
            sheet = read_sheet(opened.read(MOST_BYTES + 1), sheet_name)
        if dry_run:
            plan = plan_import(actor=OPERATOR, sheet=sheet, told=told)
        else:
            plan = import_equipment(actor=OPERATOR, sheet=sheet, told=told)
    except ImportRefused as refused:
        plan = Plan(problems=refused.problems)
    _report(plan, dry_run=dry_run)
    if plan.problems:
        sys.exit(1)


@equipment.command("export")
@click.option(
    "--format", "form", type=click.Choice([one.value for one in Format]), default="csv", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
def export_list(form: str, output: Path | None) -> None:
    """Write the list of equipment.

    csv and xlsx are the whole list, the retired as well, and go back in: import FILE --key key. uniquip
    (CSV of the UNIQUIP specification) is what the public catalogue shows.
    """
    wanted = Format(form)
    found = list_found(public_only(OPERATOR, wanted), sort=Sort.LAB)
    data = list_file(found, wanted, address=address_of, managed=True)
    if output is not None:
        output.write_bytes(data)
        click.echo(f"{len(found)} lines: {output}", err=True)
        return
    if wanted is Format.XLSX and sys.stdout.isatty():
        raise click.UsageError("A workbook is no text for a terminal. Say where it goes: --output list.xlsx")
    click.echo(data, nl=False)


def _pairs(options: Iterable[str]) -> Iterable[tuple[Field, str]]:
    for option in options:
        name, equals, value = option.partition("=")
        if not equals:
            raise click.BadParameter(f"{option!r}: write FIELD=…")
        yield _field(name), value


def _meanings(options: Iterable[str]) -> dict[Field, dict[str, str]]:
    found: dict[Field, dict[str, str]] = {}
    for option in options:
        name, colon, rest = option.partition(":")
        value, equals, meaning = rest.partition("=")
        if not colon or not equals:
            raise click.BadParameter(f"{option!r}: write FIELD:FROM=TO")
        found.setdefault(_field(name), {})[value] = meaning
    return found


def _field(name: str) -> Field:
    try:
        return Field(name.strip())
    except ValueError:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(Field)}") from None


def _report(plan: Plan, *, dry_run: bool) -> None:
    for problem in plan.problems:
        click.echo(_sentence(problem), err=True)
    for value in dict.fromkeys(p.params["cell"] for p in plan.problems if p.code == "unknown-status"):
        click.echo(f"Add: --map-value 'status:{value}=in_service' (or out_of_service, retired)", err=True)
    if not plan.problems:
        for line in plan.lines:
            for warning in line.warnings:
                click.echo(_sentence(warning), err=True)
        for name in plan.new_categories:
            click.echo(f"New category: {name}")
    if plan.problems or dry_run:
        click.echo("Nothing was changed.")
    counts = " ".join(f"{outcome}={plan.count(outcome)}" for outcome in Outcome)
    click.echo(f"{counts} errors={len(plan.problems)}")


def _sentence(problem: Problem) -> str:
    place = place_text(problem)
    return f"{place}: {problem_text(problem)}" if place else problem_text(problem)
