"""Every error of the project, drawn as one tree and kept as one catalogue.

It knows what each failure means for the person: what happened, whether the
service charged for it, and what to do next. It knows nothing of HTTP, notebooks
or files; foreign errors are mapped onto these classes where they are met.

HailuoError
├── UsageError              the cell must change; nothing was sent
│   ├── PromptError
│   ├── OptionError
│   ├── ImageError
│   ├── NameInUse
│   ├── KeyInCell               an API key where the notebook would save it
│   ├── BudgetExceeded          it costs more than it may
│   ├── ExportError             a page of clips that cannot be written
│   ├── SidecarError            a clip that nothing good tells of
│   ├── PageError               a page that cannot be taken in
│   ├── VotesError              a file of votes that cannot be counted
│   └── CallbackError           a callback that the service did not sign
├── SetupError              the machine or account must change; nothing was sent
│   ├── MissingKey
│   ├── UnsafeOrigin
│   ├── SimulatorError
│   └── StoreError
├── ServiceError            the service answered with an error code
│   ├── InputRefused            400
│   ├── AuthenticationError     401
│   ├── NotEnoughCredits        402
│   ├── NotFound                404
│   ├── GenerationTimedOut      408
│   ├── RequestRefused          422
│   │   └── UnknownTask         422 "recordInfo is null"
│   ├── RateLimited             429
│   ├── KeyLimitReached         433
│   ├── ContentRefused          451
│   ├── Maintenance             455
│   ├── ServerError             500
│   │   └── InvalidInput        500 with a validation text
│   ├── GenerationFailed        501
│   ├── FeatureDisabled         505
│   └── UnexpectedReply         not the documented JSON
├── TransportError          no answer
│   ├── NotSent                 provably nothing left this machine
│   └── ReplyLost               it may have arrived
├── SavingError             the clip exists, saving it did not work
│   ├── ResultExpired
│   ├── NotAVideo
│   ├── HarmfulClip             reading it takes more than any clip does
│   ├── TooLarge
│   └── UnsafeAddress
└── TaskError               raised by wait() and await
    ├── TaskFailed
    ├── TaskUnsure
    ├── TaskStopped
    └── WaitTimedOut            also a TimeoutError
"""

import traceback
from collections.abc import Callable
from typing import ClassVar, Literal, Self

Charged = Literal["no", "yes", "maybe"]

CHARGED_WORDS: dict[Charged, str] = {
    "no": "Nothing was charged.",
    "yes": "It was charged.",
    "maybe": "It may have been charged.",
}

NOTHING_SENT = "Nothing was sent."
_ENDS = ".!?…。！？"

TEXT_CHARS_MAX = 1000
"""An error's sentence has no more of a foreign text, which a notebook would save."""


def setting(variable: str, value: str = "another folder") -> str:
    """Return how a setting is changed while the kernel runs: they are read at loading."""
    return f"set {variable} to {value} and run %reload_ext hailuo_nb"


def brief(text: str, most: int = TEXT_CHARS_MAX) -> str:
    """Return a text with at most about ``most`` characters: its ends, and how many it has."""
    if len(text) <= most:
        return text
    end = most // 5
    return f"{text[: most - end]}… ({len(text):,} characters) …{text[-end:]}"


class HailuoError(Exception):
    """Anything that this package refuses or fails at, in words for the person.

    Parameters
    ----------
    what
        What happened, one sentence.
    advice
        The next step; the class's own when left out.
    charged
        Whether the service took credits for it; the class's own when left out.
    task_id
        The service's task id, when there is one.
    """

    code: ClassVar[int | None] = None
    default_charged: ClassVar[Charged] = "no"
    default_advice: ClassVar[str] = "%hailuo doctor checks the set-up; HAILUO_DEBUG=1 shows more."
    class_advice: ClassVar[str | None] = None
    """The next step where a class's gateway answers; None where it is the same."""
    of_charge: ClassVar[str | None] = None
    """Said in place of `CHARGED_WORDS` where no credits can be meant; "" says nothing."""
    show_traceback: ClassVar[bool] = False
    mask: ClassVar[Callable[[str], str]] = staticmethod(str)
    """Blots the key out of a text; put in by `redaction`, which is told how."""

    def __init__(
        self,
        what: str,
        *,
        advice: str | None = None,
        charged: Charged | None = None,
        task_id: str | None = None,
    ) -> None:
        what = brief(HailuoError.mask(what))
        super().__init__(what)
        self.what = what
        self.advice = self.default_advice if advice is None else brief(HailuoError.mask(advice))
        self.charged: Charged = self.default_charged if charged is None else charged
        self.task_id = task_id
        self._whole: str | None = None

    @classmethod
    def recall(cls, text: str) -> Self:
        """Return an error of earlier whose whole text is already written."""
        error = cls(text)
        error._whole = error.what
        return error

    def reword(self, text: str) -> Self:
        """Have its whole text be this one; return it."""
        self._whole = text
        return self

    def __str__(self) -> str:
        if self._whole is not None:
            return self._whole
        what = self.what.rstrip()
        if what and what[-1] not in _ENDS:  # the service's own words may have none
            what += "."
        parts = [what, self.charged_words(), HailuoError.mask(self.advice)]
        if self.task_id:
            parts.append(f"Task {self.task_id}.")
        return " ".join(part for part in parts if part)

    def charged_words(self) -> str:
        """Return whether credits were taken, as a sentence; "" where it says nothing."""
        return CHARGED_WORDS[self.charged] if self.of_charge is None else self.of_charge

    def _render_traceback_(self) -> list[str]:
        """Show one or two lines in place of a traceback; IPython calls this."""
        if HailuoError.show_traceback:
            return [HailuoError.mask(line) for line in traceback.format_exception(self)]
        return [f"{type(self).__name__}: {self}"]


class UsageError(HailuoError):
    """The cell asks for something that cannot be done as it stands."""

    default_advice = "%hailuo help lists what can be asked."
    of_charge = NOTHING_SENT


class PromptError(UsageError):
    """The prompt text is empty, too long, or holds an unknown name."""

    default_advice = "Change the prompt and run the cell again."


class OptionError(UsageError):
    """An option is unknown, malformed, or not one that the model has.

    ``option`` is its name where the words carry no flag that tells it, else "".
    """

    default_advice = "%%hailuo? lists the options and the models."

    def __init__(self, what: str, *, advice: str | None = None, option: str = "") -> None:
        super().__init__(what, advice=advice)
        self.option = option


class ImageError(UsageError):
    """A start or end image cannot be found, read or used."""

    default_advice = "Give a file, an address, a variable, or a sample such as sample:peak."


class NameInUse(UsageError):
    """The task's name is taken by a variable of the person's own."""

    default_advice = "Choose another name; variables of yours are never overwritten."


class KeyInCell(UsageError):
    """A line or cell holds an API key, which would be saved with the notebook."""

    default_advice = (
        "Take it out, make a new key at kie.ai if the notebook was shared, "
        "and give it to %hailuo login, which asks without echo."
    )

    def _render_traceback_(self) -> list[str]:
        """Show no traceback in any case: it would quote the line with the key."""
        return [f"{type(self).__name__}: {self}"]


class BudgetExceeded(UsageError):
    """The cell costs more than a cap, its own limit or the balance allows."""

    default_advice = "%hailuo budget shows what is left."


class ExportError(UsageError):
    """A page or film of clips cannot be made or written as it was asked for."""

    default_advice = "Export fewer clips, or raise --max-mb."
    of_charge = ""


class SidecarError(UsageError):
    """What lies beside a clip does not say what made it."""

    default_advice = "Any player plays the clip itself; %hailuo history lists what is known."
    of_charge = ""


class PageError(UsageError):
    """A page is no exported one, or is damaged or made up; nothing of it is taken in."""

    default_advice = "Ask for a page that %hailuo export wrote, as it was written."
    of_charge = ""


class VotesError(UsageError):
    """A file of votes is damaged, made up, or of other clips."""

    default_advice = "No vote of it was counted; ask its judge to save it again."
    of_charge = ""


class CallbackError(UsageError):
    """A callback is unsigned, wrongly signed, too old, or names no task."""

    default_advice = "Do not trust it; ask the service for the task instead."
    of_charge = ""


class SetupError(HailuoError):
    """The machine or the account has to be set up first."""

    default_advice = "%hailuo doctor checks the set-up."
    of_charge = NOTHING_SENT


class MissingKey(SetupError):
    """No API key was found for a service that needs one."""

    default_advice = (
        "Run %hailuo login, set KIE_API_KEY before the kernel starts, "
        "or practise free: HAILUO_SIMULATOR=on, then %reload_ext hailuo_nb."
    )


class UnsafeOrigin(SetupError):
    """The key would travel in the clear or to an origin it was not given for."""

    default_advice = "Set HAILUO_BASE_URL to an https origin before the kernel starts."


class SimulatorError(SetupError):
    """The built-in simulator did not start."""

    default_advice = "%hailuo simulator tries again; %hailuo doctor names its log."


class StoreError(SetupError):
    """The history cannot be read or written."""

    default_advice = f"Check the disk, or {setting('HAILUO_HOME')}: there the history starts empty."


class ServiceError(HailuoError):
    """The service answered, and the answer is an error.

    ``enveloped`` is False where the answer was not the service's own JSON, so that anything
    in between may have spoken.
    """

    default_advice = "Try again later."
    enveloped = True


class InputRefused(ServiceError):
    """The service refused what the request holds."""

    code = 400
    default_advice = "Change what it names and run the cell again."


class AuthenticationError(ServiceError):
    """The key is missing, wrong or revoked."""

    code = 401
    default_advice = "Check KIE_API_KEY, or run %hailuo login with a key from kie.ai."
    class_advice = "Check KIE_API_KEY: it is your own token for the class."


class NotEnoughCredits(ServiceError):
    """The balance does not cover the task."""

    code = 402
    default_advice = "Top up at kie.ai, or try a cheaper setting (%hailuo help lists the prices)."
    class_advice = "A cheaper setting may do (%hailuo help lists the prices)."


class NotFound(ServiceError):
    """The service has no such endpoint or resource."""

    code = 404
    default_advice = "Check HAILUO_BASE_URL; %hailuo doctor shows the address in use."


class GenerationTimedOut(ServiceError):
    """The model gave the service no result in time."""

    code = 408
    default_charged: ClassVar[Charged] = "maybe"
    default_advice = "Compare %hailuo history with %hailuo budget before you pay again."


class RequestRefused(ServiceError):
    """The service does not know the model or the address it was given."""

    code = 422
    default_advice = "Check the model's name: %hailuo help lists them."


class UnknownTask(RequestRefused):
    """The service knows no task of this id for this key."""

    default_charged: ClassVar[Charged] = "maybe"
    default_advice = "Use the key that it was made with; after two months nobody knows it."


class RateLimited(ServiceError):
    """Too many requests in too short a time."""

    code = 429
    default_advice = "Wait ten seconds, then run the cell again."
    retry_after_s: float | None = None


class KeyLimitReached(ServiceError):
    """The key's own hourly, daily or total cap is used up."""

    code = 433
    default_advice = "Raise the key's limit at kie.ai, or wait until it starts afresh."
    class_advice = ""


class ContentRefused(ServiceError):
    """The service refused the content of the request, by law or by its rules."""

    code = 451
    default_advice = "Change the prompt or the image and run the cell again."


class Maintenance(ServiceError):
    """The service is being maintained."""

    code = 455
    default_advice = "Run the cell again in a while."


class ServerError(ServiceError):
    """The service failed in a way that it does not explain."""

    code = 500
    default_charged: ClassVar[Charged] = "maybe"
    default_advice = GenerationTimedOut.default_advice


class InvalidInput(ServerError):
    """The service refused a value of the request."""

    default_charged: ClassVar[Charged] = "no"
    default_advice = "Change that option and run the cell again."


class GenerationFailed(ServiceError):
    """The service accepted the task and could not make the clip."""

    code = 501
    default_advice = "Change the prompt or the image, or try once more with --retry."


class FeatureDisabled(ServiceError):
    """The service has switched this model or feature off."""

    code = 505
    default_advice = "Choose another model: %hailuo help lists them."


class UnexpectedReply(ServiceError):
    """The reply is not the JSON that the service documents."""

    default_charged: ClassVar[Charged] = "maybe"
    default_advice = (
        "If it stays so, check HAILUO_BASE_URL and your proxy; %hailuo doctor asks anew."
    )


class TransportError(HailuoError):
    """The service could not be asked."""

    default_advice = "Check the network; %hailuo doctor asks the service anew."


class NotSent(TransportError):
    """The connection failed before a byte of the request left."""


class ReplyLost(TransportError):
    """The request may have arrived, but no reply came back."""

    default_charged: ClassVar[Charged] = "maybe"
    default_advice = (
        "It is not sent again by itself. Compare your balance; %hailuo resolve settles it."
    )


class SavingError(HailuoError):
    """The clip was made, but it could not be saved."""

    default_charged: ClassVar[Charged] = "yes"
    default_advice = "%hailuo resume tries again, free of charge."


class ResultExpired(SavingError):
    """The service no longer keeps the file."""

    default_advice = (
        "The service keeps clips for a day or more. %hailuo resume asks once again, free; "
        "--again pays for another."
    )


class NotAVideo(SavingError):
    """What was downloaded is not a playable video."""


class HarmfulClip(SavingError):
    """What was downloaded claims, or takes to read, more than any clip does."""

    default_advice = (
        "It was not kept, and is not fetched again by itself; %hailuo resume NAME tries once "
        "more, free of charge."
    )


class TooLarge(SavingError):
    """The file is larger than the cap of 500 MB."""

    default_advice = "It was not kept. Ask kie.ai's support about this task."


class UnsafeAddress(SavingError):
    """The result's address leads where a result must not lead."""

    default_advice = "It was not fetched. Ask kie.ai's support about this task."


class TaskError(HailuoError):
    """A task that was waited for did not end with a clip."""

    default_charged: ClassVar[Charged] = "maybe"
    default_advice = "%hailuo history lists it with what it cost."


class TaskFailed(TaskError):
    """The task ended in failure; its text is that of the failure itself."""


class TaskUnsure(TaskError):
    """The reply to the submit was lost; the task may exist and be charged."""

    default_advice = ReplyLost.default_advice


class TaskStopped(TaskError):
    """The task is no longer watched; it may still finish."""

    default_advice = "%hailuo resume looks again, free of charge."


class WaitTimedOut(TaskError, TimeoutError):
    """The waiting ended before the task did; the task goes on."""

    default_advice = "The task goes on; %hailuo wait holds on for longer."


def _leaves(root: type[HailuoError]) -> list[type[HailuoError]]:
    found = [root]
    for child in root.__subclasses__():
        found.extend(_leaves(child))
    return found


BY_CODE: dict[int, type[ServiceError]] = {
    error.code: error
    for error in _leaves(ServiceError)
    if error.code is not None and "code" in vars(error) and issubclass(error, ServiceError)
}
"""The service's documented codes, each with its one error class."""

BY_NAME: dict[str, type[HailuoError]] = {error.__name__: error for error in _leaves(HailuoError)}
"""Class names as the history stores them."""
