"""What one simulator was told at its start.

It knows the names, units and defaults of the settings; it must not know how they were given
(command line or test) nor what is done with them.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The fixed settings of one simulator.

    Attributes
    ----------
    host, port : str, int
        Where to listen; port 0 takes a free one.
    speed : float
        Factor (> 0) by which queueing and generation run faster than the real service. Rate
        limits, grace and lifetimes stay wall time.
    seed : int
        Seeds durations and shares of faults; rendered bytes do not depend on it.
    credits : float
        Opening balance of each new account.
    key : str or None
        The only key accepted; None: any non-empty bearer is an account of its own.
    webhook_key : str or None
        Signs callbacks when given.
    max_size_px : int
        Upper bound of a clip's long side.
    documented : bool
        Send the shapes of the vendor's page instead of the recorded ones.
    newer_record : bool
        Send recordInfo's newer shape: a flag, the result and the request as objects besides.
    rate_limit : bool
        Whether the limits on createTask, recordInfo and the model catalogue are enforced.
    faults : tuple of str
        Faults in the command line's spelling: ``NAME``, ``NAME=0.2`` or ``NAME=#3``.
    replay : Path or None
        A recorded session that is played back where a request is one of its own.
    state_dir : Path or None
        Folder that keeps ledger and files; None: a temporary one, deleted at the end.
    idle_exit_s : float
        End after this many seconds without a request; 0: never.
    while_stdin : bool
        End when standard input does: with whoever holds its other end, however that ends.
    token : str or None
        Opens the doors under ``/_sim``, and proves to its owner who answers; None keeps them shut.
    open_ledger : bool
        Whether ``GET /_sim/ledger`` needs no token.
    """

    host: str = "127.0.0.1"
    port: int = 0
    speed: float = 1.0
    seed: int = 0
    credits: float = 10000.0
    key: str | None = field(default=None, repr=False)
    webhook_key: str | None = field(default=None, repr=False)
    max_size_px: int = 640
    documented: bool = False
    newer_record: bool = False
    rate_limit: bool = True
    faults: tuple[str, ...] = ()
    replay: Path | None = None
    state_dir: Path | None = None
    idle_exit_s: float = 0.0
    while_stdin: bool = False
    token: str | None = field(default=None, repr=False)
    open_ledger: bool = False
