"""flask diary import: the diary that a lab kept before, from the command line."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.accounts.queries import find_user_by_email, list_organisations_called
from app.booking.rules.diary import read_diary
from app.booking.services.diary.bring_in import foresee_diary, import_diary
from app.core.errors import Forbidden, NotFound
from app.inventory.errors import ImportRefused
from app.inventory.import_wording import place_text
from app.inventory.queries.places import get_lab_by_slug
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.inventory.rules.importing.sheet import read_sheet

diary = AppGroup("diary", help="The diary that a lab kept before.")


@diary.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lab", "slug", required=True, metavar="LAB", help="The lab, by its short name.")
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who brings it in: a manager of the lab.")
@click.option("--instead", metavar="NAME", help="Whose the lines are that name a company nobody knows.")
@click.option("--sheet", "sheet_name", metavar="NAME", help="The sheet of a workbook; else the first.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
def import_lines(
    file: Path, slug: str, email: str, instead: str | None, sheet_name: str | None, dry_run: bool
) -> None:
    """Bring in bookings from a CSV file or an Excel workbook; the same file again changes nothing.

    Columns: equipment, date, time (or from and to); if there are, company, email, quantity, purpose,
    samples, key. What is past is completed, what is ahead approved. Nobody is told.
    """
    actor = find_user_by_email(email.lower())
    if actor is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    try:
        with file.open("rb") as opened:
            entries, problems = read_diary(read_sheet(opened.read(MOST_BYTES + 1), sheet_name))
        work = foresee_diary if dry_run else import_diary
        lab_id, instead_id = get_lab_by_slug(slug).id, _organisation(instead) if instead else None
        done = work(actor=actor, lab_id=lab_id, entries=entries, instead_id=instead_id)
    except ImportRefused as refused:
        raise click.ClickException("; ".join(one.code for one in refused.problems)) from refused
    except (NotFound, Forbidden) as refused:
        raise click.ClickException("There is no such lab, or they do not manage it.") from refused
    for one in sorted([*problems, *done.problems], key=lambda each: each.line or 0):
        click.echo(f"{place_text(one)}: {one.code} {one.params.get('cell', '')}".rstrip(), err=True)
    verb = "would be brought in" if dry_run else "brought in"
    left_out = len(problems) + len(done.problems)
    click.echo(f"{len(done.planned)} {verb}, {done.known} there already, {left_out} left out.")
    if left_out:
        sys.exit(1)


def _organisation(name: str) -> int:
    found = list_organisations_called(name)
    if len(found) != 1:
        raise click.ClickException(f"There is not one organisation called {name}, but {len(found)}.")
    return found[0].id
