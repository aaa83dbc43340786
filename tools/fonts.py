"""The fonts of the pages as a PDF wants them: still, whole, one file for each weight.

What npm brings is made for browsers: compressed, of variable weight, and cut into scripts that are fetched
as they are needed. Run by tools/install.py with the Python of .venv.
"""

import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from terminal import ROOT

MODULES = ROOT / "node_modules" / "@fontsource-variable"
FONTS = ROOT / "app" / "web" / "pdf" / "fonts"
WEIGHTS = (400, 700)
# The first that has a letter gives it.
SCRIPTS = {"vazirmatn": ("arabic", "latin", "latin-ext"), "instrument-sans": ("latin", "latin-ext")}


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for family, scripts in SCRIPTS.items():
        for weight in WEIGHTS:
            files = [
                MODULES / family / "files" / f"{family}-{script}-wght-normal.woff2" for script in scripts
            ]
            whole(files, weight).save(FONTS / f"{family}-{weight}.ttf")
        shutil.copyfile(MODULES / family / "LICENSE", FONTS / f"{family}-LICENSE")


def whole(files: list[Path], weight: int) -> TTFont:
    """One font of this weight with the letters of all the files."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, file in enumerate(files):
            font = TTFont(file)
            font.flavor = None
            instantiateVariableFont(font, {"wght": weight}, inplace=True)
            only(font, set(font.getBestCmap()) - seen)
            seen |= set(font.getBestCmap())
            parts.append(Path(folder) / f"{number}.ttf")
            font.save(parts[-1])
        return Merger().merge([str(part) for part in parts])


def only(font: TTFont, letters: set[int]) -> None:
    """Take everything else out of the font."""
    options = Options(layout_features=["*"], notdef_outline=True, name_IDs=["*"], glyph_names=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)


if __name__ == "__main__":
    main()
