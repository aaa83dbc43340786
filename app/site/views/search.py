"""Search over everything that the reader may see."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.site.forms import SearchForm
from app.site.views.blueprint import blueprint
from app.web import access
from app.web import search as searching


@blueprint.get("/search")
@access.public
def search() -> str | Response:
    """What the words of `q` find; a reference leads to what it is of. `part` asks for the hits alone.

    Words that find nothing for a slip are mended and looked for at their own address, in which `asked`
    keeps what was typed.
    """
    text, asked = searching.asked(request.args.get("q", "")), searching.asked(request.args.get("asked", ""))
    is_part = "part" in request.args
    if text and not is_part and (address := searching.address_of(text)):
        return redirect(address)
    groups = searching.groups_about(text)
    if not groups and not asked and (mended := searching.mended(text)):
        return redirect(url_for("site.search", q=mended, asked=text, part=1 if is_part else None))
    return render_template(
        "site/search/_found.html" if is_part else "site/search/page.html",
        form=SearchForm(data={"q": text}),
        groups=groups,
        text=text,
        asked=asked,
    )
