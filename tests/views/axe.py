"""How axe-core is asked about a bare page: all its rules but one, and no word on what passes."""

from typing import Any

BARE_PAGE: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"page-has-heading-one": {"enabled": False}},
}
"""A card stands in a notebook, which has the headings; what passes is not written out."""
