"""Install everything Kargah needs, and nothing twice: `make setup`.

    python3 tools/install.py         what running it takes
    python3 tools/install.py --dev   what testing it takes as well

Each step leaves a stamp with the digest of what it was made from; a step whose digest has not changed
is skipped, so that a second run costs a moment. Runs on a bare Python: standard library only.
"""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:  # before the imports: an older Python fails in them, and says nothing useful
    sys.exit(
        "Kargah needs Python %d.%d or newer; this is %s (%s).\n"  # noqa: UP031 - read by any Python 3
        "Name a newer one: make setup PYTHON=python3.12" % (*OLDEST, sys.version.split()[0], sys.executable)
    )

import hashlib
import subprocess
import venv
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from frontend import MODULES, VENDOR, copy_vendor_files, install_front_end
from terminal import PIP, PYTHON, ROOT, VENV, run, say

TRANSLATIONS = ROOT / "app" / "translations"
FONTS = ROOT / "app" / "web" / "pdf" / "fonts"
FONT_MAKER = Path(__file__).with_name("fonts.py")


def main(dev: bool) -> None:
    # Whoever stops it halfway has a Python there and no pip.
    if not any(VENV.glob("stamp-*")):
        make_venv()
        (VENV / "stamp-venv").touch()
    runtime, lock = ROOT / "requirements.txt", ROOT / "package-lock.json"
    files = [runtime, ROOT / "requirements-dev.txt"] if dev else [runtime]
    once(VENV / f"stamp-{files[-1].stem}", files, lambda: pip_install(*files))
    once(MODULES / ".stamp", [lock], install_front_end)
    once(VENDOR / ".stamp", [lock, Path(__file__).with_name("frontend.py")], copy_vendor_files)
    once(FONTS / ".stamp", [lock, runtime, FONT_MAKER], make_fonts)
    compile_catalogues()


def once(stamp: Path, sources: list[Path], step: Callable[[], None]) -> None:
    """Run the step unless the stamp, which lies in what it makes, says it ran on just these sources."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    step()
    stamp.write_text(digest.hexdigest())


def make_venv() -> None:
    say("making the virtual environment .venv")
    if find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        sys.exit(
            "This Python cannot make virtual environments: its module ensurepip is missing.\n"
            f"On Debian and Ubuntu: apt-get install python{major}.{minor}-venv   (or python3-venv)"
        )
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except subprocess.CalledProcessError as error:
        sys.exit(f"Making .venv failed: {error}. Remove the folder .venv and try again.")


def pip_install(*files: Path) -> None:
    """Install exactly what the files pin; a package whose contents differ from its hash is refused."""
    say("installing " + ", ".join(file.name for file in files))
    named = [part for file in files for part in ("-r", file)]
    run([*PIP, *named], "pip could not install what is pinned there.")


def make_fonts() -> None:
    """Make the fonts of printed sheets from those of the pages."""
    say("preparing the fonts for PDF")
    FONTS.mkdir(parents=True, exist_ok=True)
    run([PYTHON, FONT_MAKER], "the fonts for PDF could not be made from those in node_modules.")


def compile_catalogues() -> None:
    """Compile the translations that are newer than what was compiled of them."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            say("compiling the translations")
            compile_all = [PYTHON, Path(__file__).with_name("translate.py"), "--compile"]
            run(compile_all, "a catalogue under app/translations is not valid.")
            return


if __name__ == "__main__":
    main(dev="--dev" in sys.argv[1:])
