"""What may come of reading a picture or film besides what was asked for."""


class Unreadable(Exception):
    """It is not what it should be; the words end a sentence."""


class Harmful(Exception):
    """Reading it took, or would take, more than anything sound does; the words end a sentence."""


class NoReader(Exception):
    """The reading process does not start, which is not the file's fault."""
