"""The bundles that users get were made of the modules that stand here, without asking Node."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import hailuo_nb.views

VIEWS = Path(hailuo_nb.views.__file__).parent
ROOT = VIEWS.parents[1]
CONFIGURATION = ("esbuild.mjs", "package-lock.json")
BUNDLES = sorted((VIEWS / "bundles").glob("*.js"))
IMPORT = re.compile(r'^(?:import|export) [^;]*?from "(\.[^"]+)";', re.MULTILINE | re.DOTALL)
KEYFRAMES = re.compile(r"@keyframes [\w-]+ \{((?:[^{}]*\{[^{}]*\})+)")


def sources(entry: Path) -> set[Path]:
    """Return a module and all that it imports, directly or not."""
    found, ahead = set[Path](), [entry]
    while ahead:
        module = ahead.pop().resolve()
        if module not in found:
            found.add(module)
            ahead += [module.parent / name for name in IMPORT.findall(module.read_text("utf-8"))]
    return found


def digest(entry: str) -> str:
    """Return what `esbuild.mjs` writes above a bundle of this entry."""
    made_of = sorted(
        [path.relative_to(ROOT).as_posix() for path in sources(VIEWS / entry)] + [*CONFIGURATION]
    )
    text = "".join(f"{name}\n{(ROOT / name).read_text('utf-8')}\n" for name in made_of)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.stem)
def test_a_bundle_is_made_of_its_modules_as_they_are(bundle: Path) -> None:
    """Its first line names the entry and the digest of all modules and of what bundled them."""
    first, _, text = bundle.read_text("utf-8").partition("\n")
    _, entry, made = first.split(" ")
    assert made == digest(entry), "The front end has changed: run `make front-end`."
    assert "</script" not in text


def test_each_bundle_is_built_and_each_module_is_in_one() -> None:
    """Nothing is left over: no bundle without its entry, no module that nobody sends."""
    entries = [path.read_text("utf-8").split(" ", 2)[1] for path in BUNDLES]
    assert all(f'"{entry}"' in (ROOT / "esbuild.mjs").read_text("utf-8") for entry in entries)
    written = {path.resolve() for path in VIEWS.rglob("*.js")} - set(BUNDLES)
    assert set.union(*(sources(VIEWS / entry) for entry in entries)) == written


def test_what_moves_is_moved_without_a_layout() -> None:
    """Endless motion of a position or a width would lay out the whole notebook at each frame."""
    styles = [path.read_text("utf-8") for path in sorted(VIEWS.rglob("*.css"))]
    keyframes = [found for style in styles for found in KEYFRAMES.findall(style)]
    moved = {name for steps in keyframes for name in re.findall(r"([\w-]+):", steps)}
    assert moved == {"transform", "opacity", "animation-timing-function"}


def test_the_tools_are_named_exactly_and_no_registry_is() -> None:
    """Each version is one number, and the lock file holds digests but no address."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
    assert "registry" not in lock
    assert lock.count('"integrity"') >= len(wanted)


def test_saved_markup_has_the_colours_of_the_live_views() -> None:
    """What a script of a saved notebook says of a colour stands in the sheet of all views, too."""
    sheet = re.sub(r"\s", "", (VIEWS / "tokens.css").read_text("utf-8"))
    told = re.findall(r"--[\w-]+:[^;]+;", (VIEWS / "tokens.js").read_text("utf-8"))
    assert len(told) > 1
    assert [one for one in told if one not in sheet] == []
