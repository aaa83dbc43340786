"""What the tools say, and how they run other programs."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]


def say(what: str) -> None:
    print(f"kargah: {what}", flush=True)


def run(command: Sequence[str | Path], failure: str, environment: Mapping[str, str] | None = None) -> None:
    """Run it quietly. Where it fails, end with its own words, what that means, and the likeliest cause."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment or os.environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write((done.stdout + done.stderr)[-4000:])
        sys.exit(f"\nkargah: {failure}\nPackages come over the network, once: is there one?")
