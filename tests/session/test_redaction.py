"""The key in our own words: errors, tracebacks and the log, whoever put it there."""

import io
import logging
from collections.abc import Iterator

import pytest

from hailuo_nb.errors import HailuoError, KeyInCell, StoreError
from hailuo_nb.session.redaction import KeyFilter, redact_with

KEY = "sk-77aa0c9d31f54be2"
LOG = logging.getLogger("hailuo_nb")


@pytest.fixture(autouse=True)
def masked() -> Iterator[None]:
    """Register a mask for this test."""
    redact_with(lambda text: text.replace(KEY, "***"))
    yield
    redact_with(str)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Write this package's log down as any handler would."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(message)s"))
    before = LOG.level
    LOG.addHandler(handler)
    LOG.setLevel(logging.DEBUG)
    yield text
    LOG.removeHandler(handler)
    LOG.setLevel(before)


def fail() -> None:
    """Fail with the key in the words and in a line of source."""
    raise OSError(f"no such file: /tmp/{KEY}")


def test_an_error_holds_no_key() -> None:
    """Neither its words, its advice, its arguments nor an error of earlier."""
    error = StoreError(f"{KEY}/history cannot be written.", advice=f"Look at {KEY}.")
    told = [str(error), repr(error), error.what, *error.args, *error._render_traceback_()]
    told += [str(StoreError.recall(f"{KEY} was there"))]
    assert KEY not in " ".join(told)
    assert str(error) == "***/history cannot be written. Nothing was sent. Look at ***."


def test_a_drawn_traceback_holds_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """With HAILUO_DEBUG the cause and its words are drawn, the key blotted out."""
    monkeypatch.setattr(HailuoError, "show_traceback", True)
    with pytest.raises(StoreError) as caught:
        try:
            fail()
        except OSError as error:
            raise StoreError("The history cannot be read.") from error
    drawn = "".join(caught.value._render_traceback_())
    assert "/tmp/***" in drawn
    assert KEY not in drawn


def test_a_refused_cell_is_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback would quote the line, and the key in it may be one that nobody knows yet."""
    monkeypatch.setattr(HailuoError, "show_traceback", True)
    (line,) = KeyInCell("This cell holds an API key.")._render_traceback_()
    assert line.startswith("KeyInCell: This cell holds an API key. Nothing was sent. ")


def test_the_log_holds_no_key(written: io.StringIO) -> None:
    """Whether it is in the words, in an argument or in a traceback."""
    LOG.info("asking %s", f"https://x/{KEY}")
    LOG.warning(KEY)
    try:
        fail()
    except OSError:
        LOG.exception("task %s failed", 1)
    text = written.getvalue()
    assert text.startswith("asking https://x/***\n***\ntask 1 failed\nTraceback")
    assert "OSError: no such file: /tmp/***" in text
    assert KEY not in text


def test_what_holds_no_key_is_logged_as_it_is() -> None:
    """Arguments and traceback stay for handlers that use them."""
    record = logging.LogRecord("hailuo_nb", logging.INFO, __file__, 1, "task %s", ("a",), None)
    assert KeyFilter(lambda text: text.replace(KEY, "***")).filter(record)
    assert (record.msg, record.args) == ("task %s", ("a",))


def test_there_is_one_filter() -> None:
    """Registering again takes the earlier one's place, and other filters stay."""
    other = logging.Filter("hailuo_nb")
    LOG.addFilter(other)
    redact_with(str)
    redact_with(str)
    LOG.removeFilter(other)
    assert [type(known).__name__ for known in LOG.filters] == ["KeyFilter"]
