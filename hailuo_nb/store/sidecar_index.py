"""Clips that no history knows, found in their folder by what they were asked for.

It reads the sidecars alone, each once; a clip's bytes are compared when it is the one.
"""

from collections.abc import Collection
from contextlib import suppress
from itertools import islice
from pathlib import Path

from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import SidecarError
from hailuo_nb.store.sidecar import Key, keys_of, read_sidecar

FILES_MAX = 2000
"""Of so many sidecars in a folder one is looked for."""


class Beside:
    """The sidecars of the folders that were looked into."""

    def __init__(self) -> None:
        self._paths: dict[Path, dict[Key, list[Path]]] = {}
        self._read: set[Path] = set()
        self._looked: dict[Path, int] = {}

    def same(self, folder: Path, request: Request, service: str) -> Snapshot | None:
        """Return the finished task of a folder that asked for this, or for what looks equal."""
        identity, alike = request.digests(service)
        return self.find(folder, identity) or self.find(folder, (alike, request.sample))

    def keys(self, folder: Path) -> Collection[Key]:
        """Return what the clips of a folder are found by."""
        self._look(folder)
        return self._paths.get(folder, {}).keys()

    def find(self, folder: Path, key: Key) -> Snapshot | None:
        """Return the finished task of a folder that has this identity, or this `Request.alike`."""
        self._look(folder)
        for path in self._paths.get(folder, {}).get(key, ()):
            with suppress(SidecarError):
                return read_sidecar(path)
        return None

    def _look(self, folder: Path) -> None:
        """Read what has come into a folder since it was looked into."""
        try:
            changed_at = folder.stat().st_mtime_ns
            if self._looked.get(folder) == changed_at:
                return
            found = set(islice(folder.glob("*.json"), FILES_MAX))
        except OSError:
            return
        paths = self._paths.setdefault(folder, {})
        for path in found - self._read:
            for key in keys_of(path):
                paths.setdefault(key, []).append(path)
        self._read |= found
        self._looked[folder] = changed_at
