"""The panel as people hold it: a widget with a prompt, settings, a selection and `generate`.

It keeps what both sides show in step and sends what is asked for, each click at most once; of it
the notebook keeps a light picture, drawn anew while nobody looks after the panel.
What things cost, look like and come from is known to `quote`, `gallery` and `image_fields`;
what the browser may ask stands in `handlers`.
"""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import traitlets

from hailuo_nb import api
from hailuo_nb.core.cell_text import NAME, cell_text, given, python_text, typed
from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.options import Option
from hailuo_nb.media.sources import FORMATS
from hailuo_nb.notebook.panel.form import FormWish, read_form
from hailuo_nb.notebook.panel.gallery import Gallery
from hailuo_nb.notebook.panel.handlers import ANSWERS
from hailuo_nb.notebook.panel.image_fields import FIELDS, Frames, samples
from hailuo_nb.notebook.panel.quote import (
    Quote,
    Renewing,
    SeenPrice,
    beside,
    quote,
    quoted,
    unquoted,
)
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.views.desk import open_desk
from hailuo_nb.views.panel.catalogue import catalogue
from hailuo_nb.views.panel.picture import TILES_MAX, picture_html, picture_text
from hailuo_nb.views.panel.reading import Message
from hailuo_nb.views.panel.widget import FAULT, Answer, Handler, PanelWidget

_log = logging.getLogger("hailuo_nb")


class Panel(PanelWidget):
    """The panel; show it as a cell's last line, as often as you like.

    Attributes
    ----------
    prompt : str
        The text as in a cell: ``{a|b}``, ``---`` and ``{{name}}`` make several prompts.
    settings : dict
        Options by the names of `hailuo_nb.generate`, as they are typed; one that is not
        there has its default.
    selection : list of str
        Ids of the clips picked for comparison.
    """

    handlers: ClassVar[Mapping[str, Handler]] = ANSWERS

    def __init__(self, prompt: str = "", **settings: Any) -> None:
        self.here = api.session()
        self.images = Frames(self.here)
        self.gallery = Gallery(self.here, self._on_rows)
        self.sending = ProcessLock()
        self._quotes = Renewing(self._tell_quote)
        self._turn = 0
        self._wish: FormWish | None = None
        super().__init__(prompt=prompt, settings=settings)
        self._saved = SavedPicture(self.here, self.place)
        with self.hold_sync():  # the page loads its half meanwhile
            self.catalogue = catalogue(
                samples=samples(),
                image_types=tuple(FORMATS.values()),
                read_only=self.is_read_only,
            )
            self.first = self.gallery.page({})
            self._on_settings()
        self.observe(lambda _: self._on_change(), names=["prompt"])
        self.observe(lambda _: self._on_settings(), names=["settings"])
        self.gallery.follow()
        self._ask_balance()

    @property
    def is_read_only(self) -> bool:
        """Whether who uses it may change no clip that is there."""
        return self.here.host.is_public and not self.here.host.is_shared

    def generate(self, *, confirmed: bool = False, again: bool = False) -> Task | Experiment:
        """Do what the Generate button does; return the task, or the experiment of several.

        Parameters
        ----------
        confirmed
            Allow what is above the limits of a cell; the button asks for a second click.
        again
            Pay for another sample of each.

        Raises
        ------
        HailuoError
            It cannot be sent as it stands.
        """
        return self._made(again=again, confirmed=confirmed, seen=None)

    def press(
        self,
        turn: int,
        *,
        prompt: str,
        settings: Mapping[str, Any],
        seen: SeenPrice,
        again: bool,
        confirmed: bool,
    ) -> Answer:
        """Answer a click on Generate: sent once, and never for more than the person saw.

        Parameters
        ----------
        turn
            The quote's turn that the button stood for; an earlier one was used up.
        prompt, settings
            What stood in the form.
        seen
            What the button named.
        again, confirmed
            As for `generate`.
        """
        with self.sending:
            if turn != self._turn:
                return {"ignored": True}
            self.check_form({"settings": settings})
            with self._quotes.held(renews=False):
                self.prompt, self.settings = prompt, dict(settings)
            try:
                made = self._made(again=again, confirmed=confirmed, seen=seen)
            except _Dearer as dearer:
                return {"changed": True, "words": dearer.now.words_after(seen)}
        ids = [made.id] if isinstance(made, Task) else [task.id for task in made]
        self.gallery.tell_of(ids)
        are = "1 clip is" if len(ids) == 1 else f"{len(ids)} clips are"
        return {"ids": ids, "words": f"{are} in the gallery."}

    def _made(self, *, again: bool, confirmed: bool, seen: SeenPrice | None) -> Task | Experiment:
        """Read the form once, and send exactly what was read unless it is dearer than ``seen``."""
        try:
            self._wish = read_form(self.here, self.prompt, self.settings)
            now = quote(self.here, self._wish, turn=self._turn, again=again)
            if seen is not None and now.is_dearer_than(seen):
                raise _Dearer(now)
            assert now.plan is not None  # what can be sent has one
            plan = replace(now.plan, **(now.allowing or {})) if confirmed else now.plan
            self._turn += 1  # whatever becomes of it, the click that asked for it is used up
            made = api.carry_out(plan)
        finally:
            self.retell()
        if name := self.settings.get(NAME):
            self.here.host.bind(name, made)
        return made

    def fill(self, prompt: str, settings: Mapping[str, Any]) -> None:
        """Put both into the form, with one quote for the two."""
        self.check_form({"settings": settings})
        with self._quotes.held():
            self.prompt, self.settings = prompt, dict(settings)

    def as_cell(self) -> str:
        """Return the ``%%hailuo`` cell that asks for exactly this."""
        return cell_text(self.prompt, self.settings)

    def as_python(self) -> str:
        """Return the call of `hailuo_nb.generate` that asks for exactly this."""
        return python_text(self.prompt, self.settings)

    def set_option(self, name: str, value: object) -> None:
        """Set one option as it is typed; "" is its default."""
        self.settings = {**self.settings, name: value}

    def draw_picture(self) -> None:
        """Bring the saved picture to what the panel shows; call it while nobody types there."""
        self._saved.draw(self.prompt, self.settings)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return what a page is sent; one that is loaded anew gets the newest clips at once."""
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        if key is None and self.comm is not None:
            state["first"] = self.gallery.page({})
        return state

    def close(self) -> None:
        """Take the panel off every page; tasks go on."""
        self.gallery.close()
        super().close()

    def _ipython_display_(self, **_: Any) -> None:
        """Show the panel's place; the live panel finds it there, the saved notebook keeps it."""
        open_desk(self.here)  # for clips that are compared in it
        self._saved.show(self.prompt, self.settings, self.view_data)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page sets, with one quote for all of it."""
        if not sync_data.keys() & {"prompt", "settings"}:
            super().set_state(sync_data)
            return
        with self._quotes.held():
            super().set_state(sync_data)

    def check_form(self, state: Message) -> None:
        """Refuse settings that no cell could carry."""
        typed(state.get("settings") or {})

    def retell(self) -> None:
        """Answer a change of the form with a quote, also where that is the same as before."""
        self._quotes.renew(is_answer=True)

    def _answer(self, message: Message, buffers: object) -> Answer:
        if self.gallery.is_open:
            self.gallery.follow()  # somebody looks at it
        return super()._answer(message, buffers)

    @traitlets.validate("settings")
    def _check_settings(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """Keep what a cell could carry: known options, as they would be typed."""
        found = typed(proposal["value"])
        return {name: value for name, value in found.items() if self._may(name, value)}

    def _may(self, name: str, value: object) -> bool:
        """Return whether this page's person may set an option so."""
        if not self.here.host.is_public:
            return True
        if name in FIELDS:
            sources = value if isinstance(value, list) else [value]
            return all(self.images.is_for_visitors(str(one)) for one in sources)
        return name != "callback"  # the service would call whatever a stranger names

    def _on_settings(self) -> None:
        self.frames = {
            which: self.images.facts(which, self.settings.get(which)) for which in FIELDS
        }
        self._on_change()

    def _on_change(self) -> None:
        self._wish = None  # what it names may be another by now
        self.retell()

    def _on_rows(self, rows: list[dict[str, Any]]) -> None:
        self.tell("rows", rows=rows)
        if any(row["final"] for row in rows):  # what ended may be free now, or due again
            self._quotes.renew()

    def _quoted(self) -> Quote:
        """Return the form's quote; of one that a click has read, without reading it again."""
        wish = self._wish
        if wish is not None and (wish.prompt, wish.settings) != (self.prompt, self.settings):
            wish = None
        form, find = (self.prompt, self.settings), self.images.glance
        return quoted(self.here, *form, turn=self._turn, find=find, wish=wish)

    def _tell_quote(self, changes: int) -> None:
        """Tell what pressing Generate would do; also a fault: nobody may be left waiting."""
        try:
            now = self._quoted()
        except Exception as fault:  # noqa: BLE001 - it is told
            _log.exception("a quote met a fault of this package")
            now = unquoted(self._turn, FAULT.format(kind=type(fault).__name__))
        self.quote = beside(now.facts, self.frames) | {"serial": changes}

    def _ask_balance(self) -> None:
        """Ask for the balance in the background; the price is told again when it is known."""
        if self.here.config.simulator or self.here.config.key_source is None:
            return
        runner = self.here.runner()

        async def ask() -> None:
            await runner.shared.refresh_balance()
            self._quotes.renew()

        runner.engine.spawn(ask())


class _Dearer(Exception):
    """It would cost more than the person saw on the button."""

    def __init__(self, now: Quote) -> None:
        super().__init__()
        self.now = now


class SavedPicture:
    """The pictures of one panel, one for each cell that shows it.

    Parameters
    ----------
    here
        The session.
    place
        The class of the element in which the live panel stands.
    """

    def __init__(self, here: Session, place: str) -> None:
        self._here, self._place = here, place
        self._shown: list[str] = []
        self._drawn: dict[str, str] = {}

    def show(self, prompt: str, settings: Mapping[str, Any], view: Mapping[str, Any]) -> None:
        """Draw it in the running cell; with ``view`` where the host shows no place of ours."""
        self._shown.append(f"hailuo-{uuid.uuid4().hex}")
        self._drawn = self._picture(prompt, settings)
        host = self._here.host
        data = dict(self._drawn) | (dict(view) if host.needs_view else {})
        host.publish(data, metadata={}, display_id=self._shown[-1], update=False)

    def draw(self, prompt: str, settings: Mapping[str, Any]) -> None:
        """Draw it anew in every cell, where it is not what stands there."""
        picture = self._picture(prompt, settings)
        if picture == self._drawn or self._here.host.needs_view:
            return
        self._drawn = picture
        for display_id in self._shown:
            self._here.host.publish(dict(picture), metadata={}, display_id=display_id, update=True)

    def _picture(self, prompt: str, settings: Mapping[str, Any]) -> dict[str, str]:
        shelf = self._here.history.shelf
        newest = shelf.page(Wanted(), TILES_MAX)
        posters = shelf.posters([snapshot.id for snapshot in newest])
        shown = [replace(snapshot, poster=posters.get(snapshot.id)) for snapshot in newest]
        options = [_option_words(option, value) for option, value in given(settings)]
        return {
            "text/html": picture_html(self._place, prompt, options, shown),
            "text/plain": picture_text(prompt, shown),
        }


def _option_words(option: Option, value: str | list[str] | bool) -> str:
    told = ", ".join(value) if isinstance(value, list) else "" if value is True else str(value)
    return f"{option.name.replace('_', ' ')} {told}".rstrip()
