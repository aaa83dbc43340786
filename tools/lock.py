"""Pin again what requirements*.in ask for: `make lock`. Newer versions come only with --upgrade."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from terminal import ROOT, say

PINNED = ("requirements", "requirements-dev", "tools/node-requirements")
# Every Python from 3.11 on and every platform; every file of a package with its hash.
COMPILE = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
PLAIN = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def main(options: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        say("fetching uv, which compares requirements")
        venv.create(folder, with_pip=True)
        tools = Path(folder) / "bin"
        subprocess.run([tools / "pip", "install", "--quiet", "uv"], check=True)
        for name in PINNED:
            say(f"pinning {name}.txt")
            compile_one = [tools / "uv", *COMPILE, *PLAIN, *options, f"{name}.in", "-o", f"{name}.txt"]
            subprocess.run(compile_one, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
