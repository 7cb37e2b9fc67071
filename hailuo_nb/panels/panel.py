"""The panel as people hold it: a widget with a prompt, settings, a selection and `generate`.

It answers what the browser asks, each click at most once, and keeps what both sides show in
step. What things cost, look like and come from is known to `quote`, `gallery` and `frames`.
"""

import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import traitlets

from hailuo_nb import api, cards, naming
from hailuo_nb.core.cell_text import NAME, body_of, cell_text, given, python_text
from hailuo_nb.core.matrix import unique
from hailuo_nb.core.models import find_model
from hailuo_nb.core.offers import exceeds
from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.core.prompt import escape
from hailuo_nb.errors import OptionError, UsageError
from hailuo_nb.images import CLIP, FORMATS
from hailuo_nb.panels.frames import FIELDS, Frames, samples
from hailuo_nb.panels.gallery import Gallery
from hailuo_nb.panels.quote import beside, check_form, quote
from hailuo_nb.panels.reuse import order_again, settings_of
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Session
from hailuo_nb.store.shelf import Wanted
from hailuo_nb.views.compare import CLIPS_MAX, CLIPS_MIN, comparison_body
from hailuo_nb.views.panel.catalogue import catalogue
from hailuo_nb.views.panel.picture import TILES_MAX, picture_html, picture_text
from hailuo_nb.views.panel.widget import Message, PanelWidget
from hailuo_nb.views.text import plain

Answer = tuple[dict[str, Any], list[bytes]]
Buffers = Sequence[memoryview]

_NAME_CHARS_MAX = 80


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

    handlers: ClassVar[Mapping[str, str]] = {
        "generate": "_on_generate",
        "copy": "_on_copy",
        "sources": "_on_sources",
        "source": "_on_source",
        "piece": "_on_piece",
        "page": "_on_page",
        "posters": "_on_posters",
        "rename": "_on_rename",
        "hide": "_on_hide",
        "stop": "_on_stop",
        "retry": "_on_retry",
        "use": "_on_use",
        "continue": "_on_continue",
        "compare": "_on_compare",
        "clip": "_on_clip",
        "left": "_on_left",
    }

    def __init__(self, prompt: str = "", **settings: Any) -> None:
        here = api.session()
        self._here = here
        self._frames = Frames(here)
        self._gallery = Gallery(here, self._on_rows)
        self._sending = threading.Lock()
        self._turn = 0
        self._serial = 0
        self._shown: list[str] = []
        self._pictured: dict[str, str] = {}
        offered = catalogue(samples=samples(), image_types=tuple(FORMATS.values()))
        offered |= {"simulated": here.config.simulator, "service": _service_words(here)}
        self._quote = quote(here, prompt, settings, turn=0)
        super().__init__(
            catalogue=offered,
            prompt=prompt,
            settings=settings,
            quote=beside(self._quote.facts, frames := self._frames_facts(settings)),
            frames=frames,
            first=self._gallery.page({}),
        )
        self.observe(self._on_form, names=["prompt", "settings"])
        self._gallery.follow()
        self._ask_balance()

    @traitlets.validate("settings")
    def _check_settings(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """Keep what a cell could carry: known options, as text, lists of text, or True."""
        kinds = {option.name: option.kind for option in OPTIONS if option.place != "cell"}
        typed = {
            name: ("on" if value else "off")
            if kinds.get(name) == "switch" and isinstance(value, bool)
            else value
            for name, value in proposal["value"].items()
            if name in kinds or name == NAME
        }
        return {
            name: value
            for name, value in typed.items()
            if value not in (None, "", [], False) and self._may(name, value)
        }

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
        settings = dict(self.settings)
        now = quote(self._here, self.prompt, settings, turn=self._turn)
        if confirmed:
            settings |= now.allowing or {}
        if again:
            settings["again"] = True
        if not self.prompt.strip():
            raise UsageError("There is no prompt yet.", advice="Write one, then press Generate.")
        check_form(self._here, self.prompt, settings)
        made = api.generate(body_of(self.prompt, settings), **settings)
        assert isinstance(made, Task | Experiment)  # a dry run is none of its options
        if settings.get(NAME):
            naming.bind(self._here, settings[NAME], made)
        self._turn += 1
        self._requote()
        self._gallery.look()
        return made

    def as_cell(self) -> str:
        """Return the ``%%hailuo`` cell that asks for exactly this."""
        return cell_text(self.prompt, self.settings)

    def as_python(self) -> str:
        """Return the call of `hailuo_nb.generate` that asks for exactly this."""
        return python_text(self.prompt, self.settings)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return what a page is sent; one that is loaded anew gets the newest clips at once."""
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        if key is None and self.comm is not None:
            state["first"] = self._gallery.page({})
        return state

    def close(self) -> None:
        """Take the panel off every page; tasks go on."""
        self._gallery.is_open = False
        super().close()

    def _ipython_display_(self, **_: Any) -> None:
        """Show the panel's place; the live panel finds it there, the saved notebook keeps it."""
        display_id = f"hailuo-{uuid.uuid4().hex}"
        self._shown.append(display_id)
        self._pictured = self._picture()
        data: dict[str, Any] = dict(self._pictured)
        if self._here.host.needs_view:
            view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
            data["application/vnd.jupyter.widget-view+json"] = view
        self._here.host.publish(data, metadata={}, display_id=display_id, update=False)

    # ---- what both sides show

    def _on_form(self, change: Mapping[str, Any]) -> None:
        if change["name"] == "settings":
            self.frames = self._frames_facts(change["new"])
        self._requote()

    def _requote(self) -> None:
        self._quote = quote(self._here, self.prompt, self.settings, turn=self._turn)
        self._serial += 1
        self.quote = beside(self._quote.facts, self.frames) | {"serial": self._serial}

    def _may(self, name: str, value: object) -> bool:
        """Return whether this page's person may set an option so."""
        if not self._here.host.is_public:
            return True
        if name in FIELDS:
            sources = value if isinstance(value, list) else [value]
            return all(self._frames.is_for_visitors(str(one)) for one in sources)
        return name != "callback"  # the service would call whatever a stranger names

    def _on_rows(self, rows: list[dict[str, Any]]) -> None:
        self.tell("rows", rows=rows)
        if any(row["final"] for row in rows):  # what ended may be free now, or due again
            self._requote()

    def _frames_facts(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return {which: self._frames.facts(which, settings.get(which)) for which in FIELDS}

    def _set(self, **changes: object) -> None:
        self.settings = {**self.settings, **changes}

    def _ask_balance(self) -> None:
        """Ask for the balance in the background; the price is told again when it is known."""
        if self._here.config.simulator or self._here.config.key_source is None:
            return
        runner = self._here.runner()

        async def ask() -> None:
            await runner.shared.refresh_balance()
            self._requote()

        runner.engine.spawn(ask())

    def _picture(self) -> dict[str, str]:
        shelf = self._here.history.shelf
        newest = shelf.page(Wanted(), TILES_MAX)
        posters = shelf.posters([snapshot.id for snapshot in newest])
        shown = [replace(snapshot, poster=posters.get(snapshot.id)) for snapshot in newest]
        options = [_option_words(option, value) for option, value in given(self.settings)]
        return {
            "text/html": picture_html(self.place, self.prompt, options, shown),
            "text/plain": picture_text(self.prompt, shown),
        }

    # ---- what the browser asks

    def _on_generate(self, message: Message, _: Buffers) -> Answer:
        with self._sending:
            if message["turn"] != self._turn:
                return {"ignored": True}, []
            self.prompt = str(message["prompt"])
            self.settings = dict(message["settings"])
            self._requote()
            again, confirmed = message.get("again") is True, message.get("confirmed") is True
            if self._is_dearer(message["seen"], again=again):
                return {"changed": True, "words": "The price has changed: look again."}, []
            made = self.generate(confirmed=confirmed, again=again)
        tasks = [made] if isinstance(made, Task) else list(made)
        ids = [task.id for task in tasks]
        self._gallery.tell_of(ids)
        return {"ids": ids, "words": self._sent_words(len(ids))}, []

    def _is_dearer(self, seen: Mapping[str, Any], *, again: bool) -> bool:
        """Return whether it would cost more than the person saw on the button."""
        now = self._quote
        if again and now.facts["again"]:
            due, credits = now.facts["again"]["due"], now.facts["again"]["credits"]
        else:
            due, credits = now.due, now.credits
        return bool(due > int(seen["due"]) or exceeds(credits, float(seen["credits"])))

    def _sent_words(self, number: int) -> str:
        return "1 clip is in the gallery." if number == 1 else f"{number} clips are in the gallery."

    def _on_copy(self, message: Message, _: Buffers) -> Answer:
        write = python_text if message["as"] == "python" else cell_text
        return {"text": write(str(message["prompt"]), dict(message["settings"]))}, []

    def _on_sources(self, _message: Message, _: Buffers) -> Answer:
        return {"sources": list(self._frames.sources())}, []

    def _on_source(self, message: Message, _: Buffers) -> Answer:
        which, source = str(message["field"]), str(message["source"]).strip()
        if which not in FIELDS:
            raise ValueError(which)
        if source:
            self._frames.find(source)
        self._set(**{which: source})
        return {}, []

    def _on_piece(self, message: Message, buffers: Buffers) -> Answer:
        source = self._frames.receive(message, bytes(buffers[0]))
        if source is not None:
            self._set(**{str(message["field"]): source})
        return {}, []

    def _on_page(self, message: Message, _: Buffers) -> Answer:
        return self._gallery.page(message.get("filter") or {}, message.get("cursor")), []

    def _on_posters(self, message: Message, _: Buffers) -> Answer:
        return {"posters": self._gallery.posters(list(message["ids"]))}, []

    def _on_rename(self, message: Message, _: Buffers) -> Answer:
        task = self._task(message)
        name = " ".join(plain(str(message["name"])).split())[:_NAME_CHARS_MAX]
        if not name:
            raise OptionError("A clip's name cannot be empty.", advice="")
        self._here.runner(task.snapshot.service).rename(task, name)
        self._gallery.tell_of([task.id])
        return {"words": f"It is called {name} now."}, []

    def _on_hide(self, message: Message, _: Buffers) -> Answer:
        task, hidden = self._task(message), message.get("hidden") is True
        self._here.history.shelf.hide(task.id, hidden=hidden)
        self.selection = [id for id in self.selection if id != task.id]
        self._gallery.tell_of([task.id])
        words = "hidden; the filter shows what is hidden" if hidden else "shown again"
        return {"words": f"{task.snapshot.label} is {words}."}, []

    def _on_stop(self, message: Message, _: Buffers) -> Answer:
        self._task(message).stop()
        return {"words": "It is no longer watched."}, []

    def _on_retry(self, message: Message, _: Buffers) -> Answer:
        with self._sending:
            request = self._task(message).snapshot.request
            order = order_again(self._frames, request)
            if self._here.known(order) is None:
                self._here.check_budget([order])
            made = self._here.submit(order)
        self._gallery.tell_of([made.id])
        return {"words": f"{made.snapshot.label} is tried again."}, []

    def _on_use(self, message: Message, _: Buffers) -> Answer:
        request = self._task(message).snapshot.request
        found, lost = settings_of(self._frames, request)
        self.settings = found
        self.prompt = escape(request.prompt)
        words = "Its prompt and settings are in the form."
        if lost:
            words = f"Its prompt and settings are in the form, but {lost} is not here any more."
        return {"words": words}, []

    def _on_continue(self, message: Message, _: Buffers) -> Answer:
        task = self._task(message)
        self._frames.find(CLIP + task.id)
        settings = {name: value for name, value in self.settings.items() if name != "end_image"}
        if "model" in settings and not find_model(str(settings["model"])).takes_image:
            del settings["model"]
        self.settings = settings | {"image": CLIP + task.id}
        return {"words": f"The last frame of {task.snapshot.label} is the start image."}, []

    def _on_compare(self, message: Message, _: Buffers) -> Answer:
        ids = [str(id) for id in message["ids"]]
        if not CLIPS_MIN <= len(ids) <= CLIPS_MAX:
            raise UsageError(f"A comparison takes {CLIPS_MIN} to {CLIPS_MAX} clips.", advice="")
        tasks = [self._task({"id": id}) for id in ids]
        labels = unique(task.snapshot.label for task in tasks)
        pairs = zip(labels, tasks, strict=True)
        clips = [cards.clip_of(self._here, label, task.snapshot) for label, task in pairs]
        return {"html": comparison_body(clips)}, []

    def _on_clip(self, message: Message, _: Buffers) -> Answer:
        size, piece = self._gallery.piece(str(message["id"]), int(message["start"]))
        return {"size": size}, [piece]

    def _on_left(self, _message: Message, _: Buffers) -> Answer:
        """Keep the saved picture in step, now that nobody is typing in what it stands below."""
        picture = self._picture()
        if picture != self._pictured:
            self._pictured = picture
            for display_id in self._shown:
                self._here.host.publish(
                    dict(picture), metadata={}, display_id=display_id, update=True
                )
        return {}, []

    # ---- from the history back to the form

    def _task(self, message: Mapping[str, Any]) -> Task:
        task = self._here.find(str(message["id"]))
        if task is None:
            raise UsageError("That clip is not in the history.", advice="")
        return task


def _service_words(here: Session) -> str:
    return "built-in simulator" if here.config.simulator else str(here.config.api_origin)


def _option_words(option: Option, value: str | list[str] | bool) -> str:
    told = ", ".join(value) if isinstance(value, list) else "" if value is True else str(value)
    return f"{option.name.replace('_', ' ')} {told}".rstrip()
