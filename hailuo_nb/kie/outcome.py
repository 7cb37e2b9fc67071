"""What an error of createTask says about the task: one table, one question.

It knows money, not HTTP: whether the request provably was not taken, was
refused, or may have been taken. It must not know what is done about it.
"""

from hailuo_nb import errors
from hailuo_nb.core.task import Outcome
from hailuo_nb.errors import HailuoError, RateLimited, ServiceError

OUTCOMES: dict[type[HailuoError], Outcome] = {
    errors.UsageError: "refused",
    errors.SetupError: "refused",
    errors.ServiceError: "lost",
    errors.InputRefused: "refused",
    errors.AuthenticationError: "refused",
    errors.NotEnoughCredits: "refused",
    errors.NotFound: "refused",
    errors.GenerationTimedOut: "lost",
    errors.RequestRefused: "refused",
    errors.UnknownTask: "refused",
    errors.RateLimited: "not_taken",
    errors.KeyLimitReached: "refused",
    errors.ContentRefused: "refused",
    errors.Maintenance: "not_taken",
    errors.ServerError: "lost",
    errors.InvalidInput: "refused",
    errors.GenerationFailed: "refused",
    errors.FeatureDisabled: "refused",
    errors.UnexpectedReply: "lost",
    errors.TransportError: "lost",
    errors.NotSent: "not_taken",
    errors.ReplyLost: "lost",
}
"""Only "not_taken" may be sent again by itself; every service and transport error has a row."""


def submit_outcome(error: HailuoError) -> Outcome:
    """Return what became of a submit that raised this error.

    ``"not_taken"``: it may be sent again by itself. ``"refused"``: the task failed and
    nothing was charged. ``"lost"``: it may exist and be charged; never send it again.
    """
    if isinstance(error, ServiceError) and not (error.enveloped or isinstance(error, RateLimited)):
        return "lost"
    for kind in type(error).__mro__:
        if kind in OUTCOMES:
            return OUTCOMES[kind]
    return "lost"
