"""A refusal: a code of the service's envelope and words that a student understands."""

UNAUTHORISED = (
    "Unauthorized – Authentication failed. Please check that your Authorization and "
    "Content-Type headers are correctly set."
)


class Refused(Exception):
    """A business error, answered in the service's envelope.

    Parameters
    ----------
    code
        The envelope's code, such as 402.
    words
        What the student reads.
    """

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
