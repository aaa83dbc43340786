"""The front-end libraries: fetched by npm from package-lock.json, a dozen files of them served by us."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from terminal import PIP, ROOT, VENV, run, say

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "web" / "static" / "vendor"
OLDEST_NPM = 9

FILES = {
    "bootstrap": ["bootstrap/dist/css/bootstrap.min.css", "bootstrap/dist/css/bootstrap.rtl.min.css"],
    "htmx": ["htmx.org/dist/htmx.min.js"],
}
FONTS = {
    "vazirmatn": "@fontsource-variable/vazirmatn",
    "instrument-sans": "@fontsource-variable/instrument-sans",
}


def install_front_end() -> None:
    """Fill node_modules with what package-lock.json pins."""
    npm = find_npm() or npm_as_python_package()
    say("installing the front-end libraries")
    # The npm in .venv looks for its node on PATH.
    path = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    run([npm, "ci", "--ignore-scripts"], "npm could not install them.", os.environ | {"PATH": path})


def find_npm() -> Path | None:
    """The machine's own npm, if it understands our lock file."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    version = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().split(".")[0]
    return Path(npm) if major.isdecimal() and int(major) >= OLDEST_NPM else None


def npm_as_python_package() -> Path:
    """npm in .venv, for a machine that has none."""
    npm = VENV / "bin" / "npm"
    if not npm.exists():
        say(f"no npm {OLDEST_NPM} or newer here; installing one into .venv")
        pinned = Path(__file__).with_name("node-requirements.txt")
        run([*PIP, "-r", pinned], "No npm. Install Node.js 20 or newer yourself and try again.")
    return npm


def copy_vendor_files() -> None:
    """Copy what the pages load, with its licences, to the folder that is served."""
    for folder, files in FILES.items():
        for file in files:
            _copy(MODULES / file, VENDOR / folder)
        _copy(MODULES / files[0].split("/")[0] / "LICENSE", VENDOR / folder)
    for folder, package in FONTS.items():
        _copy(MODULES / package / "index.css", VENDOR / folder)
        _copy(MODULES / package / "LICENSE", VENDOR / folder)
        for font in re.findall(r"url\(\./(files/[^)]+)\)", (MODULES / package / "index.css").read_text()):
            _copy(MODULES / package / font, VENDOR / folder / "files")


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
