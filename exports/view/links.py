"""Where a picture leads: from a key to its page in a portal, on the web or in a folder beside the picture."""

from __future__ import annotations

import re
from collections.abc import Callable

from exports.portal.places import Places, document_of
from kg.errors import InputError

__all__ = ["portal_href"]


def portal_href(where: str) -> Callable[[str], str]:
    """Return what leads from a key to its page.

    `where` is the base of the IRIs of a portal on the web (https://data.example.org/id/), or the folder of one that
    `kg export portal` wrote, as seen from where the picture lies. Raises InputError where it is neither.
    """
    if re.match(r"https?://", where):
        if not where.endswith("/"):
            raise InputError(
                f"{where!r} cannot be where the portal is: let it end with /, as its IRIs do before the key"
            )
        return lambda key: where + document_of(key)
    # browsers pass over blanks before a scheme, and tabs and newlines in it
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", where) or where != where.strip() or re.search(r"[\x00-\x1f]", where):
        raise InputError(f"{where!r} cannot be where the portal is: give an address of the web or a folder")
    folder = f"{where.rstrip('/')}/" if where not in ("", ".") else ""
    places = Places("https://localhost/id/", lambda _name: False)
    return lambda key: folder + places.href(document_of(key))
