"""What a notebook should not be shared with: keys and personal paths, found in its text.

It knows how they look. It must not know which key is in use: it is told how to blot that
out. A finding never holds what was found.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hailuo_nb.core.line import DASHES
from hailuo_nb.core.names import MASK

Where = Literal["source", "output", "metadata"]
Kind = Literal["key", "path"]

EXCERPT_CHARS = 100
LEAKS_MAX = 50
"""Where there are more, the notebook is read again after the first are gone."""

SHARED_NAMES = frozenset(
    [
        *("all users", "default", "guest", "jovyan", "name", "public"),
        *("runner", "shared", "user", "username", "vscode", "you"),
    ]
)
"""Folders beside the home folders, or the same for everybody; in lower case."""

_VALUE = r"[\w.+/=~-]"
_GIVEN = ("a", "b", "c")
_OPTION = re.compile(
    rf"(?:^|\s)[{DASHES}-]{{1,2}}(?:api[{DASHES}_-]?)?(?:key|token)[\s=＝]+\S", re.IGNORECASE
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_EMBEDDED = re.compile(r"(?<=base64,)[A-Za-z0-9+/=]{64,}")
_BYTES = ("image/", "video/", "audio/", "application/pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One thing that should not be shared.

    ``cell`` counts from 1, None for the notebook itself; ``excerpt`` is the text around it,
    itself blotted out.
    """

    cell: int | None
    where: Where
    kind: Kind
    excerpt: str


def gives_key(text: str) -> bool:
    """Tell whether a text gives a key: ``KIE_API_KEY=...`` or ``Bearer ...``."""
    low = text.lower()
    if "_key" not in low and "bearer" not in low:  # all ways of giving one have one of these
        return False
    return any(match[how] is not None for match in _keys().finditer(text) for how in _GIVEN)


def has_key_option(line: str) -> bool:
    """Tell whether a magic's line gives a key as an option, such as ``--key ...``."""
    return _OPTION.search(line) is not None


def find_leaks(
    notebook: Mapping[str, object],
    *,
    mask: Callable[[str], str] = str,
    user: str | None = None,
) -> list[Leak]:
    """Return what looks like a key or a personal path, in the order of the cells.

    Parameters
    ----------
    notebook
        The notebook's JSON.
    mask
        Returns a text without the key that is in use.
    user
        The person's name on this machine, looked for in paths of any kind.
    """
    found: dict[Leak, None] = {}
    own = _own_paths(user)
    for cell, where, text in _texts(notebook):
        for line in _lines(text):
            for kind, excerpt in _in_line(line, mask, own):
                found[Leak(cell=cell, where=where, kind=kind, excerpt=excerpt)] = None
                if len(found) >= LEAKS_MAX:
                    return list(found)
    return list(found)


def cells_of(notebook: object) -> list[dict[str, object]] | None:
    """Return a notebook's cells, also of the old format; None where it is no notebook."""
    if not isinstance(notebook, Mapping):
        return None
    sheets = notebook.get("worksheets")
    holders = [notebook, *(sheets if isinstance(sheets, list) else [])]
    listed = [holder.get("cells") for holder in holders if isinstance(holder, Mapping)]
    cells = [cell for part in listed if isinstance(part, list) for cell in part]
    known = any(isinstance(part, list) for part in listed)
    return [cell for cell in cells if isinstance(cell, dict)] if known else None


def _in_line(
    line: str, mask: Callable[[str], str], own: re.Pattern[str] | None
) -> Iterator[tuple[Kind, str]]:
    hidden = mask(line)
    without_keys = _keys().sub(_blotted, hidden)
    without = _paths().sub(_blotted_name, without_keys)
    without = own.sub(rf"\1{MASK}", without) if own else without
    if without_keys != line:
        yield "key", _excerpt(without)
    if without != without_keys:
        yield "path", _excerpt(without)


@cache
def _keys() -> re.Pattern[str]:
    """Return what finds keys, made at the first use: it takes milliseconds."""
    return re.compile(
        # os.environ["KIE_API_KEY"] = "value", getenv("KIE_API_KEY", "value")
        r"(?P<a>KIE_API_KEY[\"'\])\s\\]{0,8}(?:={1,2}|[:,])[\s\\]{0,8}[\"'](?:Bearer\s{1,4})?)"
        rf"(?P<av>(?!your|my[-_]|the[-_]|xxx|paste|\.\.){_VALUE}{{8,200}})(?=[\"'\\])"
        # %env KIE_API_KEY=value, export KIE_API_KEY=value, %env KIE_API_KEY value
        r"|(?P<b>KIE_API_KEY\s{0,4}[=:]\s{0,4}|%(?:set_)?env\s{1,4}KIE_API_KEY\s{1,4})"
        rf"(?P<bv>(?={_VALUE}{{0,200}}\d){_VALUE}{{8,200}}+(?![(\[]))"
        rf"|(?P<c>\bbearer\s{{1,4}})(?P<cv>(?={_VALUE}{{0,200}}\d){_VALUE}{{16,200}})"
        # "token": "value", api_key=value, Authorization: value
        r"|(?P<d>(?:(?<![A-Za-z])|(?<=api))(?:key|token|secret|authorization)"
        r"[\s\"'=:,\])>\\]{1,12})"
        r"(?P<dv>sk-[\w-]{10,200}|[0-9a-f]{32,64}(?![0-9a-z])"
        r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        # what shows by its beginning that it is a key
        r"|(?P<e>)(?P<ev>(?<![A-Za-z0-9_-])(?:sk-(?:[a-z]{1,10}-){0,2}|hf_|ghp_|r8_)"
        r"(?=[A-Za-z]{0,200}\d)[A-Za-z0-9]{16,200})",
        re.IGNORECASE,
    )


@cache
def _paths() -> re.Pattern[str]:
    """Return what finds the names in home folders."""
    return re.compile(
        r"(?P<a>(?<![\w.%-])(?:/(?:mnt|export|nfs|net|data|var|[a-z]))*/(?:home|Users)/)"
        r"(?P<av>[^/\s\"'<>:;,|*?\\()\[\]{}&$#]{1,64})"
        r"|(?P<b>(?<![A-Za-z0-9])[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings)"
        r"(?:\\{1,4}|/))"
        r"(?P<bv>[^/\\\"'<>:;,|*?\n\r\t(){}&$#%]{1,64}(?=[/\\])|[^/\\\s\"'<>:;,|*?(){}&$#%]{1,64})"
        r"|(?P<c>(?<![\w.%-])/(?:run/)?media/)(?P<cv>[^/\s\"'<>:;,|*?\\()\[\]{}&$#]{1,64}(?=/))"
    )


def _blotted(match: re.Match[str]) -> str:
    value = match.lastgroup or ""
    return f"{match[value[0]]}{MASK}"


def _blotted_name(match: re.Match[str]) -> str:
    value = match.lastgroup or ""
    name = match[value].strip().lower()
    shared = name in SHARED_NAMES or name.strip("*.…") == ""
    return match[0] if shared else f"{match[value[0]]}{MASK}"


def _own_paths(user: str | None) -> re.Pattern[str] | None:
    """Return what finds the person's own name as a folder; short or shared names say nothing."""
    if not user or len(user) < 3 or user.lower() in SHARED_NAMES | {"root", "admin"}:
        return None
    return re.compile(rf"([/\\]){re.escape(user)}(?=[/\\])", re.IGNORECASE)


def _excerpt(line: str) -> str:
    """Return the printable surroundings of the first blot."""
    at = max(0, line.find(MASK) - EXCERPT_CHARS // 2)
    shown = "".join(char for char in line[at : at + EXCERPT_CHARS] if char.isprintable())
    return shown.strip()


def _texts(notebook: Mapping[str, object]) -> Iterator[tuple[int | None, Where, str]]:
    for number, cell in enumerate(cells_of(notebook) or [], start=1):
        yield number, "source", _joined(cell.get("source", cell.get("input")))
        yield number, "metadata", _as_json(cell.get("metadata"))
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            for text in _output_texts(output):
                yield number, "output", text
    yield None, "metadata", _as_json(notebook.get("metadata"))


def _output_texts(output: object) -> Iterator[str]:
    """Return an output's texts; what is no text, such as a picture, holds none."""
    if not isinstance(output, Mapping):
        return
    for name, value in output.items():
        if name == "data" and isinstance(value, Mapping):
            yield from (_of_mime(str(mime), part) for mime, part in value.items())
        else:
            yield _joined(value)


def _of_mime(mime: str, value: object) -> str:
    if mime.startswith(_BYTES) and mime != "image/svg+xml":
        return ""
    text = _joined(value)
    return html.unescape(text) if mime in ("text/html", "text/markdown") else text


def _joined(value: object) -> str:
    """Return a multiline string of a notebook, or any other value as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "".join(value)
    return _as_json(value)


def _as_json(value: object) -> str:
    return json.dumps(value, indent=0, ensure_ascii=False) if value else ""


def _lines(text: str) -> list[str]:
    return _EMBEDDED.sub("", _COLOURS.sub("", text)).splitlines()
