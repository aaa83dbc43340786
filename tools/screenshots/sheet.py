"""All pictures of a folder on one page, the corners of each page in a row."""

from collections import defaultdict
from html import escape
from pathlib import Path

HEAD = """<!doctype html><meta charset="utf-8"><title>Kargah</title>
<style>body{font:14px sans-serif;margin:2rem}h2{margin:2rem 0 .5rem}
div{display:flex;gap:1rem;overflow-x:auto}figure{margin:0}img{block-size:22rem;border:1px solid #ccc}</style>
"""


def sheet(folder: Path) -> str:
    rows: dict[str, list[Path]] = defaultdict(list)
    for picture in sorted(folder.glob("*.png")):
        page, who, *_corner = picture.name.split(".")
        rows[f"{page} ({who})"].append(picture)
    return HEAD + "\n".join(_row(title, pictures) for title, pictures in rows.items())


def _row(title: str, pictures: list[Path]) -> str:
    figures = "".join(
        f'<figure><a href="{escape(one.name)}"><img src="{escape(one.name)}" alt="" loading="lazy"></a>'
        f"<figcaption>{escape(' '.join(one.stem.split('.')[2:]))}</figcaption></figure>"
        for one in pictures
    )
    return f"<h2>{escape(title)}</h2><div>{figures}</div>"
