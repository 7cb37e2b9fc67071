"""The measures, a row each, and the decorator that adds a person's own.

It knows what each is called and means; what it finds is reckoned next door, imported at its
first use. It must not know where values are kept or shown.
"""

import inspect
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hailuo_nb.core.measured import Value
from hailuo_nb.errors import OptionError

if TYPE_CHECKING:
    from hailuo_nb.measures.material import Material

Own = Callable[..., float]

INSTALL = "pip install 'hailuo_nb[measures]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is measured of a clip.

    Attributes
    ----------
    key
        Its name in tables and histories; it never changes.
    title, unit
        What a person reads: a word or two, and what is counted, "" for a plain number; a
        "share" is told in per cent.
    verdicts
        The words that it may be, the least first, where it is one of few.
    low, high
        The least and the most that it may be; None where there is no bound, or no number.
    definition
        One line; ``source`` says where it was taken from.
    cannot_tell
        What nobody may read out of it, in a sentence without a stop.
    version
        Another one means another definition: what was measured by it is measured anew.
    home, words_home
        Module of this room and function in it, of the form "quality.flicker": for its value,
        and for more to be said of it, "" where nothing is.
    needs
        A module that must be there, "" for none.
    image
        The request's field whose image it needs, "" for none.
    own
        A person's function of frames and frames a second; it has no ``home``.
    """

    key: str
    title: str
    definition: str
    unit: str = ""
    low: float | None = 0.0
    high: float | None = 1.0
    cannot_tell: str = ""
    source: str = ""
    verdicts: tuple[str, ...] = ()
    version: int = 1
    home: str = ""
    words_home: str = ""
    needs: str = ""
    image: str = ""
    own: Own | None = None

    @property
    def missing(self) -> str:
        """What to install before it can be measured, in words; "" where nothing is."""
        if not self.needs or find_spec(self.needs) is not None:
            return ""
        return f"{self.title} needs OpenCV: {INSTALL}"

    @property
    def has_order(self) -> bool:
        """Whether clips can stand in its order: words have one where they are few."""
        bounds = (self.low, self.high)
        return bool(self.own or self.verdicts or bounds != (None, None))

    def of(self, material: "Material") -> Value | None:
        """Return its value for a clip; None where the clip, or what was sent, has none."""
        value: Value | None = _function(self.home)(material)
        return value

    def in_words(self, material: "Material") -> str:
        """Return what more is to be said of a clip's value."""
        return str(_function(self.words_home)(material)) if self.words_home else ""


def _function(home: str) -> Callable[["Material"], Any]:
    module, _, name = home.partition(".")
    found: Callable[[Material], Any] = getattr(import_module(f"{__package__}.{module}"), name)
    return found


MEASURES: tuple[Measure, ...] = (
    Measure(
        key="camera",
        title="Camera",
        low=None,
        high=None,
        definition="what the camera was seen to do against what the prompt's commands ask: "
        "seen, not seen, unsure, nothing asked",
        cannot_tell="whether the move is a good one; a subject that fills the picture's border is "
        "taken for the camera",
        verdicts=("nothing asked", "not seen", "unsure", "seen"),
        source="after VBench camera_motion",
        home="camera.verdict",
        words_home="camera.words",
        needs="cv2",
    ),
    Measure(
        key="camera_seen",
        title="Camera seen",
        low=None,
        high=None,
        definition="the camera's moves in the clip, each with how far it went",
        cannot_tell="a pan from a truck, or a zoom from a push, where nothing stands nearer than "
        "the rest",
        source="after VBench camera_motion",
        home="camera.seen",
        needs="cv2",
    ),
    Measure(
        key="motion",
        title="Motion",
        unit="share",
        definition="share of the frame that moves otherwise than the camera, by more than 1 % of "
        "the short side in an eighth of a second, mean over the clip",
        cannot_tell="whether what moves was asked for, or moves as it would",
        source="after VBench dynamic_degree",
        home="motion.share",
        needs="cv2",
    ),
    Measure(
        key="flicker",
        title="Steadiness",
        definition="(255 - mean absolute difference of successive frames) / 255, luma of all "
        "pixels and frames; 1 is a still picture",
        cannot_tell="quality: a still picture is the steadiest, and a moving camera lowers it",
        low=None,
        source="VBench temporal_flickering",
        home="quality.flicker",
    ),
    Measure(
        key="start_fidelity",
        title="Start fidelity",
        low=-1.0,
        definition="SSIM of the first frame to the start image that was sent",
        cannot_tell="whether the clip stays true to the image after its first frame",
        source="Wang et al. 2004",
        home="quality.start_fidelity",
        image="image",
    ),
    Measure(
        key="end_fidelity",
        title="End fidelity",
        low=-1.0,
        definition="SSIM of the last frame to the end image that was sent",
        cannot_tell="how the clip gets there",
        source="Wang et al. 2004",
        home="quality.end_fidelity",
        image="end_image",
    ),
    Measure(
        key="loop",
        title="Loop",
        low=-1.0,
        definition="SSIM of the last frame to the first",
        cannot_tell="whether the motion goes on across the seam; a still picture loops best",
        source="Wang et al. 2004",
        home="quality.loop",
    ),
    Measure(
        key="sharpness",
        title="Sharpness",
        high=None,
        definition="variance of the Laplacian of luma, 512 px on the long side, median over "
        "8 frames a second",
        cannot_tell="the model from the scene: fog is soft, grain and leaves are sharp",
        source="Pech-Pacheco et al. 2000",
        home="quality.sharpness",
    ),
    Measure(
        key="black",
        title="Black frames",
        unit="share",
        definition="share of frames with a mean luma under 8 of 255",
        cannot_tell="a night from a fault",
        home="quality.black",
    ),
    Measure(
        key="frozen",
        title="Frozen frames",
        unit="share",
        definition="share of steps whose frames differ by less than 0.2 of 255 on average",
        cannot_tell="a calm scene from a clip that hangs",
        home="quality.frozen",
    ),
    Measure(
        key="cuts",
        title="Cuts",
        high=None,
        definition="steps whose histogram of luma, 32 bins, changes by more than 80 %",
        cannot_tell="a cut from a flash of light; one between like pictures is not seen",
        source="after PySceneDetect",
        home="quality.cuts",
    ),
)
"""Those that every clip is measured by, in the order in which they are shown."""

_own: dict[str, Measure] = {}


def all_measures() -> tuple[Measure, ...]:
    """Return every measure, those of the person's own last."""
    return (*MEASURES, *_own.values())


COLUMNS = frozenset(
    (
        *("state", "model", "duration_s", "resolution", "aspect_ratio", "optimizer", "sample"),
        *("prompt", "credits", "elapsed_s", "task_id", "parent", "video", "error"),
        *("votes", "win_rate", "win_low", "win_high", "stars"),
    )
)
"""What tables and orders know of a clip besides: a measure called so would be hidden by it."""


def measure(function: Own | None = None, /, **row: Any) -> Any:
    """Make a function of frames a measure of one's own; a decorator.

    ``@hailuo_nb.measure`` alone takes the function's name as key and title, and the first line
    of its docstring as definition. One that is defined again takes the place of the first.

    Parameters
    ----------
    function
        Called with frames, uint8 of shape (T, H, W, 3), in RGB, and frames a second; it returns
        a float. Large clips are given smaller.
    row
        Fields of `Measure`: ``key``, ``title``, ``unit``, ``low``, ``high``, ``definition``.

    Raises
    ------
    OptionError
        The key is one of the measures or columns that are there, or no plain name; or the
        function is to be awaited.
    """
    if function is None:
        return lambda named: measure(named, **row)
    words = (inspect.getdoc(function) or "").partition("\n")[0]
    name = getattr(function, "__name__", "")
    title = name.replace("_", " ").capitalize()
    fields: dict[str, Any] = {"key": name, "title": title, "definition": words}
    fields |= {"low": None, "high": None, **row, "own": function, "version": _version(function)}
    made = Measure(**fields)
    if not made.key.isidentifier():
        raise OptionError(f"A measure needs a plain name; {made.key!r} is none.")
    if made.key in {one.key for one in MEASURES}:
        raise OptionError(f"There is a measure {made.key!r} already; give yours another key.")
    if made.key in COLUMNS:
        raise OptionError(f"Each clip has {made.key!r} already; give your measure another key.")
    if inspect.iscoroutinefunction(function):
        raise OptionError(f"Measure {made.key!r} is to be awaited; write def without async.")
    _own[made.key] = made
    return function


def _version(function: Own) -> int:
    """Return a number of the function's text, so that another text is another definition."""
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError):
        code = getattr(function, "__code__", None)
        text = repr((code.co_code, code.co_names)) if code else repr(type(function))
    return zlib.crc32(text.encode())
