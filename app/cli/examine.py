"""`flask doctor`."""

import sys

import click
from flask.cli import with_appcontext

from app.cli.doctor import CHECKS, findings


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check every invariant independently of the code that keeps it. Exit 1 when one is broken."""
    broken = list(findings())
    for name, sentence in broken:
        click.echo(f"BROKEN {name}: {sentence}")
    if broken:
        click.echo(f"{len(broken)} findings.")
        sys.exit(1)
    click.echo(f"All {len(CHECKS)} invariants hold.")
