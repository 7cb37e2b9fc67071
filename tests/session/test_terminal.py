"""What IPython in a terminal prints: a line that was printed cannot be taken back there."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from hailuo_nb.session import shell
from hailuo_nb.session.shell import Host


def test_a_terminal_is_told_what_reads_otherwise_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stars, measures and a second look change the page and no word: nothing is printed anew."""
    terminal = InteractiveShell()
    monkeypatch.setattr(shell, "get_ipython", lambda: terminal)
    host = Host(None)

    def publish(words: str, page: str, *, at: str = "card", update: bool = True) -> None:
        bundle = {"text/plain": words, "text/html": page}
        host.publish(bundle, metadata={}, display_id=at, update=update)

    publish("queued", "<b>queued</b>", update=False)
    publish("done", "<b>done</b>")
    publish("done", "<b>done, 4 stars</b>")
    publish("done", "<b>done</b>", at="another", update=False)
    publish("failed", "<b>failed</b>")
    publish("done", "<b>done</b>", at="another", update=False)
    assert capsys.readouterr().out.split() == ["queued", "done", "done", "failed", "done"]
