"""What people attached is in a backup, and served again where it is restored."""

from pathlib import Path

from flask import Flask

from tests.cast import Cast
from tests.cli.test_backups import _tools, elsewhere, flask  # noqa: F401 - fixtures
from tests.core.test_files import located
from tests.databases import both_databases
from tests.inventory.test_attachments import added
from tests.pdf import document
from tests.visitor import Visitor


@both_databases
def test_photos_and_documents_are_served_again(
    app: Flask,
    cast: Cast,
    client: Visitor,
    elsewhere: Flask,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    client.sign_in(cast.manager)
    rows = [
        added(client, cast.raman, located(), "front.jpg"),
        added(client, cast.raman, document(), "manual.pdf"),
    ]
    addresses = [f"/files/{name}/x" for row in rows for name in (row.file, row.thumbnail) if name]
    before = {address: client.get(address).data for address in addresses}
    assert len(before) == 3
    assert all(before.values())

    assert flask(app, "backup", tmp_path / "monday.kargah")[0] == 0
    code, said = flask(elsewhere, "restore", tmp_path / "monday.kargah")

    assert (code, said.splitlines()[-1]) == (0, "Every invariant holds.")
    with elsewhere.app_context():
        visitor = elsewhere.test_client()
        assert {address: visitor.get(address).data for address in addresses} == before
