"""The places through which the key can leave, read from the code itself.

Whoever makes another has to write it into a table here, and hold it to the one rule of
`hailuo_nb.store.origins`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import hailuo_nb

PACKAGE = Path(hailuo_nb.__file__).parent
HEADER = re.compile(r"authorization|bearer", re.IGNORECASE)

PUTS_THE_HEADER_ON = {"kie.secret.Secret.write_to"}
READS_OR_NAMES_THE_HEADER = {
    "core.leaks._keys": "the patterns of keys in a notebook",
    "core.leaks.gives_key": "a quick look before these",
    "simulator.service.Service.account": "the simulator reads it",
    "simulator.handlers_admin.CreditsHandler.post": "the simulator reads it",
    "simulator.handlers_base.ApiHandler._identify": "the simulator reads it",
    "gateway.gateway.Gateway.person": "the gateway reads a student's token",
    "gateway.hub.Hub._ask": "a student's own token, shown to the Hub that gave it",
    "gateway.refused": "the service's own words for a missing key",
    "simulator.wire": "the service's own words for a missing key",
}

HOLDS_THE_KEY = {
    "read_key": {
        "config.Config": "the field",
        "config.Config.key_print": "a salted fingerprint",
        "config.Config.mask": "blots it out",
        "config.Config.key_for": "the one rule",
        "config.Config.handover": "for the socket of the person's own keeper",
        "config.read_config": "a typed key stays for its origin",
    },
    "key_for": {
        "gateway.cli._live": "hands a class's key to the client, for its origins",
        "session.services.connector.connect": "hands the rule to the client",
        "notebook.doctor._key": "asks whether a keyring gives it, and drops it",
        "notebook.doctor.examine_notebook": "a kept key is known, and so found in the notebook",
    },
    "_bare": {
        "kie.secret.Secret.check": "whether it can travel",
        "kie.secret.Secret._fits_header": "whether it can travel",
        "kie.secret.Secret.write_to": "puts the header on",
    },
    "_written": {
        "kie.secret.Secret.__init__": "nothing was sent yet",
        "kie.secret.Secret.write_to": "what has to be blotted out",
        "kie.secret.Secret.mask": "blots it out",
        "kie.secret.Secret.mask_reply": "blots it out",
    },
    "write_to": {"kie.secret.BearerAuth.auth_flow": "for one origin"},
    "BearerAuth": {"kie.connections.Connections.for_service": "for one origin"},
    "handover": {"session.keeper_process.hand": "over that socket"},
    "from_keyring": {"config._find_key": "bound to the API's origin"},
    "from_colab": {"config._find_key": "for the vendor alone"},
    "get_password": {
        "store.credentials.from_keyring": "one origin's",
        "store.credentials.keyring_name": "asks for a name that no key has",
    },
}

CAN_SEND = {
    "kie.connections.Connections._made": "httpx.AsyncClient",
    "kie.download": "httpx.AsyncClient",  # the name of a type
    "kie.connections.ProvedTransport": "httpx.AsyncHTTPTransport",  # under the same clients
    "kie.callback.calls_itself": "urllib.request",  # to the person's own address, with no key
    "kie.connections": "urllib.request",  # the proxies that are set
    "kie.connections._is_usable": "httpx.AsyncHTTPTransport",  # made and thrown away
    "gateway.hub": "tornado.httpclient",  # to the Hub alone
    "simulator.callbacks": "tornado.httpclient",
    "store.keeper_socket.Door.__init__": "socket.socket",  # to a process of this person alone
    "session.simulator_record._is_shown": "socket.create_connection",
}
SENDERS = re.compile(
    r"httpx\.(?:(?:Async)?Client|get|post|put|patch|delete|head|options|request|stream"
    r"|(?:Async)?HTTPTransport)\b"
    r"|(?:urllib\.request|http\.client|urllib3|requests|aiohttp|websockets?|smtplib|ftplib"
    r"|tornado\.(?:httpclient|simple_httpclient|curl_httpclient|websocket|tcpclient)"
    r"|httpcore|xmlrpc\.client|socket\.(?:create_connection|socket))\b"
)


@cache
def parsed(source: str) -> ast.Module:
    """Return a file's tree, read once."""
    try:
        return ast.parse(source)
    except SystemError:  # Python 3.11 counts the depth of all threads together
        return ast.parse(source)


@cache
def places(source: str, name: str) -> list[tuple[str, ast.AST]]:
    """Return every node with the dotted name of the function or class that it stands in."""
    return list(placed(parsed(source), name))


def placed(tree: ast.AST, name: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        inner = f"{name}.{node.name}" if named else name
        yield inner, node
        yield from placed(node, inner)


def docstrings(tree: ast.AST) -> set[int]:
    """Return the texts that stand alone: they are for readers."""
    alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


def naming_the_header(source: str, name: str) -> set[str]:
    """Return the places whose texts hold the header's name or its scheme."""
    spared = docstrings(parsed(source))
    return {
        place
        for place, node in places(source, name)
        if isinstance(node, ast.Constant) and id(node) not in spared
        if HEADER.search(
            node.value.decode("latin-1") if isinstance(node.value, bytes) else str(node.value)
        )
    }


def touching(source: str, name: str) -> dict[str, set[str]]:
    """Return, of each name through which the key is had, the places that use it."""
    found: dict[str, set[str]] = {}
    for place, node in places(source, name):
        word = getattr(node, "attr", None) or getattr(node, "id", None)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = node.value  # getattr(config, "read_key")
        in_slots = place.endswith("kie.secret.Secret")
        if word in HOLDS_THE_KEY and not in_slots:
            found.setdefault(str(word), set()).add(place)
    return found


def sending(source: str, name: str) -> dict[str, str]:
    """Return the places that can open a connection to somebody, and with what."""
    spared, found = annotations(parsed(source)), {}
    for place, node in places(source, name):
        for word in modules_named(node) if id(node) not in spared else ():
            if match := SENDERS.match(word):
                found[place] = match[0]
    return found


def modules_named(node: ast.AST) -> list[str]:
    """Return what a node may mean of a module, dotted."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Attribute):
        dotted = ast.unparse(node)  # `requests` is a word of ours, too; its import is seen
        return [] if dotted.startswith("requests") else [dotted]
    if isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
        return [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]
    return []


def annotations(tree: ast.AST) -> set[int]:
    """Return the nodes that stand for types alone."""
    heads = (
        getattr(node, field, None) for node in ast.walk(tree) for field in ("annotation", "returns")
    )
    return {id(inner) for head in heads if head is not None for inner in ast.walk(head)}


def files() -> Iterator[tuple[str, str]]:
    """Return every file's text and its dotted name within the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield path.read_text(encoding="utf-8"), ".".join(parts)


def test_one_place_puts_the_header_on() -> None:
    """Every text that could be the header's is in a table."""
    found = {place for source, name in files() for place in naming_the_header(source, name)}
    assert found == PUTS_THE_HEADER_ON | READS_OR_NAMES_THE_HEADER.keys()


def test_whoever_has_the_key_in_hand_is_known() -> None:
    """From where it is kept to where it leaves, each user of each step is in a table."""
    found: dict[str, set[str]] = {}
    for source, name in files():
        for word, where in touching(source, name).items():
            found.setdefault(word, set()).update(where)
    assert found == {word: set(where) for word, where in HOLDS_THE_KEY.items()}


def test_whoever_can_send_is_known() -> None:
    """Only the client's connections can carry the key; the others never have it in hand."""
    found = {}
    for source, name in files():
        found |= sending(source, name)
    assert found == CAN_SEND
    holders = {place for where in HOLDS_THE_KEY.values() for place in where}
    assert not holders & (CAN_SEND.keys() - {"kie.connections.Connections.for_service"})


@pytest.mark.parametrize(
    "code",
    [
        'headers["Authorization"] = key',
        "headers = {b'authorization': key}",
        'send(f"Bearer {key}")',
        'send(authorization="BEARER " + key)',
        'class A:\n    """Bearer."""\n    x = "proxy-authorization"',
    ],
)
def test_a_new_header_would_be_seen(code: str) -> None:
    """The search is not blind."""
    assert naming_the_header(f"def new():\n    {code.replace(chr(10), chr(10) + '    ')}", "a")


@pytest.mark.parametrize(
    "code",
    [
        "httpx.post(url, auth=auth)",
        "httpx.AsyncClient()",
        "from httpx import Client",
        "import requests",
        "import urllib.request as other",
        "from http.client import HTTPSConnection",
        "import_module('aiohttp')",
        "from socket import create_connection",
    ],
)
def test_a_new_sender_would_be_seen(code: str) -> None:
    """Neither is this one."""
    assert sending(f"def new():\n    {code}", "a") == {"a.new": sending(code, "a")["a"]}


@pytest.mark.parametrize(
    "code",
    ["x = config.read_key()", "take(config.key_for)", "getattr(config, 'read_key')()"],
)
def test_a_new_holder_would_be_seen(code: str) -> None:
    """Nor this one, also where the name is only text."""
    assert list(touching(f"def new():\n    {code}", "a").values()) == [{"a.new"}]
