"""The rooms and their doors: who may import whom, and who may write files, read from the code.

One table each says it all; a module that is not in it, or an import or a write that it does not
allow, fails here. Late imports, those for types alone and those by `import_module` count, too.
"""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import hailuo_nb

PACKAGE = Path(hailuo_nb.__file__).parent
BASE = {"core", "errors"}
ALLOWED: dict[str, set[str]] = {
    # the face: exported names only, each imported at its first use
    "__init__": {
        "_version",
        "api",
        "core",
        "errors",
        "kie",
        "measures",
        "notebook",
        "runner",
        "server",
        "session",
    },
    # the doors in a notebook: text and clicks in, views out
    "notebook": {
        "_version",
        "api",
        "config",
        "media",
        "runner",
        "session",
        "store",
        "views",
        *BASE,
    },
    # the part of us in a Jupyter Server, which tells pages of tasks
    "server": {"config", "kie", "session", "store", "views", *BASE},
    # the process that looks after tasks without a kernel
    "keep": {"_version", "config", "runner", "session", "store", *BASE},
    # the server of a class that shares one key
    "gateway": {"_version", "config", "kie", *BASE},
    # what people call
    "api": {"config", "runner", "session", "views", *BASE},
    # what is seen
    "views": {"judging", "measures", "media", "runner", "session", *BASE},
    # from what was asked to tasks: what puts the rooms together
    "session": {
        "_version",
        "config",
        "judging",
        "kie",
        "measures",
        "media",
        "runner",
        "store",
        *BASE,
    },
    "config": {"store", *BASE},
    # the rooms that do not know each other
    "runner": BASE,
    "store": {"media", *BASE},
    "kie": {"media", *BASE},
    # what can be measured of a clip
    "measures": {"media", *BASE},
    "media": BASE,
    "judging": BASE,
    "core": {"errors"},
    "errors": set(),
    "_version": set(),
    # a stranger's service
    "simulator": set(),
}
WRITES: dict[str, set[str]] = {
    # the two that open files; all others leave it to them
    "core.disk": {"open", "os.open", "os.replace"},
    "simulator.disk": {"open", "os.open", "part.replace"},
    # a file of its own, to a name that nobody can foresee
    "store.aside": {"path.rename"},
    # by SQLite, into a file that is no link
    "session.simulator_process": {"sqlite3.connect"},
    # by SQLite, and to be looked at from a folder of its own
    "store.opening": {"sqlite3.connect", "shutil.copyfile", "tempfile.TemporaryDirectory"},
    "simulator.ledger": {"sqlite3.connect"},
    # by SQLite, to be read alone
    # into a draft that is open already; the simulator's reads alone
    "session.recording": {"zipfile.ZipFile"},
    "simulator.recorded": {"zipfile.ZipFile"},
    # without a name of its own, or in a folder of its own
    "simulator.service": {"tempfile.TemporaryDirectory"},
    # into memory, into a file or pipe that is open already, or to the system
    "media.samples.brush": {"image.save"},
    "media.filming": {"av.open", "save"},
    "media.films": {"av.open"},
    "media.joins": {"av.open"},
    "media.worker": {"os.fdopen", "write_text"},
    "simulator.render.encode": {"av.open"},
    "simulator.render.picture": {"save"},
    # no files: faults that are put in force
    "simulator.faults": {"self.replace"},
    "simulator.handlers_admin": {"self.service.faults.replace"},
}
"""Every call in the package that writes a file, or looks like it."""

ALWAYS_WRITE = {
    *("write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "link_to", "tofile"),
    *("mkstemp", "mktemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"),
    *("TemporaryDirectory", "mkdtemp", "ZipFile", "FileIO", "FileHandler", "copyfile", "copy2"),
    *("copytree", "symlink", "mkfifo", "mknod", "truncate", "make_archive", "savez", "to_file"),
}
OF_MODULES = {
    *("os.open", "os.replace", "os.rename", "os.link", "sqlite3.connect", "io.open_code"),
    *("shutil.copy", "shutil.move", "tarfile.open", "gzip.open", "shelve.open", "dbm.open"),
}
ROOMS = {"kie", "store", "runner"}
LIGHT = (
    "hailuo_nb",
    "media.sources",
    "media.samples",
    "media.reading",
    "measures.table",
    "measures.measuring",
    "config",
    "session.simulator_process",
    "errors",
    "core.*",
    "store.*",
)
HEAVY = [
    "IPython",
    "PIL",
    "anywidget",
    "av",
    "cv2",
    "httpx",
    "ipywidgets",
    "nest_asyncio",
    "numpy",
    "tornado",
]


def module_name(path: Path) -> str:
    """Return a file's dotted name."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, wherever in it, by its absolute name."""
    found: set[str] = set()
    package = module_name(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            whole = base == "hailuo_nb"
            found |= {f"{base}.{alias.name}" for alias in node.names} if whole else {base}
        elif isinstance(node, ast.Call):
            found |= imported_by_call(node)
    return found


def imported_by_call(call: ast.Call) -> set[str]:
    """Return the modules that a call of, or with, `import_module` names as text."""
    parts = [call.func, *call.args]
    if not any(isinstance(part, ast.Name) and part.id == "import_module" for part in parts):
        return set()
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return {text for text in texts if isinstance(text, str)}


def writes(path: Path) -> set[str]:
    """Return the calls of a file that write to a disk, or look like it, as they stand there."""
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    return {called(call) for call in calls if looks_like_a_write(call)}


def called(call: ast.Call) -> str:
    """Return what is called; of a method of an expression, its name alone."""
    words = ast.unparse(call.func)
    return words if words.replace(".", "").isidentifier() else words.rpartition(".")[2]


def looks_like_a_write(call: ast.Call) -> bool:
    """Return whether a call may make, open, move or link a file for writing."""
    words, name = called(call), called(call).rpartition(".")[2]
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [one.value for one in given if isinstance(one, ast.Constant)]
    modes = [one for one in texts if isinstance(one, str) and set(one) <= set("rwxabt+")]
    if name in ALWAYS_WRITE or words in OF_MODULES:
        return True
    if name in ("open", "fdopen"):
        return any(set(mode) & set("wxa+") for mode in modes)
    if name in ("replace", "rename"):  # those of texts and of records take more
        return len(call.args) == 1 and not call.keywords
    return name == "save" and any(isinstance(one, str) for one in texts)


def room(module: str) -> str:
    """Return the part of the package that a module belongs to."""
    return [*module.split("."), "__init__"][1]


def edges(path: Path) -> set[str]:
    """Return the other parts of the package that a file imports."""
    own = room(module_name(path))
    ours = {room(module) for module in imported(path) if module.split(".")[0] == "hailuo_nb"}
    return ours - {own}


FILES = sorted(path for path in PACKAGE.rglob("*.py"))
each_file = pytest.mark.parametrize("path", FILES, ids=module_name)


def reachable(start: str) -> set[str]:
    """Return what a part may come to import, directly or through others."""
    found: set[str] = set()
    open_ = [start]
    while open_:
        new = ALLOWED[open_.pop()] - found
        found |= new
        open_ += new
    return found


def test_every_module_has_its_place() -> None:
    """A new module needs a row in the table, and no row outlives its module."""
    assert {room(module_name(path)) for path in FILES} == set(ALLOWED)


@each_file
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    """Imports go one way."""
    assert edges(path) <= ALLOWED.get(room(module_name(path)), set())


def test_the_table_allows_nothing_that_is_not_used() -> None:
    """A door that nobody uses is closed; core and errors stay open to all."""
    used = {(room(module_name(path)), door) for path in FILES for door in edges(path)}
    spare = {
        name: {door for door in doors - BASE if (name, door) not in used}
        for name, doors in ALLOWED.items()
    }
    assert {name: doors for name, doors in spare.items() if doors} == {}


def test_the_rooms_do_not_know_each_other() -> None:
    """The wire, the store and the runner meet only in the session."""
    assert {name: ALLOWED[name] & ROOMS for name in ROOMS} == {name: set() for name in ROOMS}


def test_the_table_has_no_circle() -> None:
    """Nothing calls back up: no part comes to import itself."""
    assert [name for name in ALLOWED if name in reachable(name)] == []


def test_no_class_is_called_like_another() -> None:
    """A name says what is meant, wherever it stands."""
    trees = (ast.parse(path.read_text("utf-8")) for path in FILES)
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    assert sorted(name for name, number in Counter(names).items() if number > 1) == []


def test_files_are_written_in_one_way() -> None:
    """Only `disk`, and the simulator's own, open files: neither ever writes through a link."""
    found = {module_name(path).partition(".")[2]: writes(path) for path in FILES}
    assert {name: calls for name, calls in found.items() if calls} == WRITES


@pytest.mark.parametrize(
    "code",
    [
        *('open(p, "w")', 'open(p, mode="ab")', 'p.open("xb")', 'Path(p).open("r+")'),
        *("p.write_text(t)", "(a / b).write_bytes(d)", "p.touch()", "p.replace(q)", "p.rename(q)"),
        *("os.replace(a, b)", "os.open(p, flags)", "tempfile.mkstemp()", "shutil.copy(a, b)"),
        *('os.fdopen(fd, "wb")', 'image.save(p, "PNG")', 'av.open(p, "w")', "q.symlink_to(p)"),
    ],
)
def test_a_write_is_seen(tmp_path: Path, code: str) -> None:
    """However it is written down, it needs a row in the table."""
    (tmp_path / "a.py").write_text(code)
    assert len(writes(tmp_path / "a.py")) == 1


@pytest.mark.parametrize(
    "code",
    [
        *("open(p)", 'p.open("rb")', "Image.open(p)", 'a.replace("b", "c")', "replace(a, b=1)"),
        *("ledger.save(task)", 'av.open(f, "r", format=kind)', "path.read_text()"),
    ],
)
def test_a_look_is_no_write(tmp_path: Path, code: str) -> None:
    """Reading needs no row."""
    (tmp_path / "a.py").write_text(code)
    assert writes(tmp_path / "a.py") == set()


def test_the_simulator_is_a_stranger() -> None:
    """Nobody imports the simulator, so that both sides are held to the contract alone."""
    assert [name for name, doors in ALLOWED.items() if "simulator" in doors] == []


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if room(module_name(path)) in ("core", "errors")],
    ids=module_name,
)
def test_the_pure_part_needs_the_standard_library_alone(path: Path) -> None:
    """No third-party package is imported in core, not even late."""
    foreign = {module.split(".")[0] for module in imported(path)} - {"hailuo_nb"}
    assert foreign <= sys.stdlib_module_names


@each_file
def test_no_module_builds_import_names_by_dots(path: Path) -> None:
    """Imports within the package are absolute, so that they can be read and searched."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    levels = {node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert levels <= {0}


def names_of(pattern: str) -> list[str]:
    """Return the modules that a pattern of the light ones stands for."""
    if pattern.endswith(".*"):
        return [module_name(path) for path in sorted((PACKAGE / pattern[:-2]).glob("*.py"))]
    return [pattern if pattern == "hailuo_nb" else f"hailuo_nb.{pattern}"]


@pytest.mark.parametrize("pattern", LIGHT)
def test_the_light_modules_are_light(pattern: str) -> None:
    """Importing them brings in none of the packages that cost tens of milliseconds."""
    code = f"import sys, {', '.join(names_of(pattern))}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in ran.stdout.split()}
    assert "hailuo_nb" in loaded
    assert loaded & set(HEAVY) == set()
