"""Foreign text and addresses are made harmless before they reach a page."""

import pytest

from hailuo_nb.views.text import escaped, isolated, plain, safe_address


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a \" b ' c & d", "a &quot; b &#x27; c &amp; d"),
        ("fire 🔥, family 👩‍👧", "fire 🔥, family 👩‍👧"),
        ("سلام, שלום", "سلام, שלום"),
        ("one\ttwo\r\nthree\rfour", "one\ttwo\nthree\nfour"),
    ],
)
def test_text_is_escaped_and_otherwise_kept(foreign: str, shown: str) -> None:
    """Markup and quotes are escaped; emoji, right-to-left letters and line breaks stay."""
    assert escaped(foreign) == shown


@pytest.mark.parametrize("override", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_direction_overrides_are_dropped(override: str) -> None:
    """A character that turns the text behind it around does not reach the page."""
    assert plain(f"exe{override}4pm.gnp") == "exe4pm.gnp"


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f"])
def test_control_characters_are_dropped(control: str) -> None:
    """Control characters do not reach the page."""
    assert plain(f"a{control}b") == "ab"


def test_half_a_surrogate_pair_can_still_be_sent() -> None:
    """Text that UTF-8 cannot carry is replaced, so that publishing never fails."""
    assert plain("a\ud83db").encode("utf-8") == b"a?b"


def test_isolated_text_is_escaped_too() -> None:
    """Direction isolation does not bypass the escaping."""
    assert isolated("<b>") == '<bdi dir="auto">&lt;b&gt;</bdi>'


@pytest.mark.parametrize(
    "address",
    [
        "hailuo_videos/k3.mp4",
        "../clips/a%20b.mp4",
        "/files/a.mp4",
        "https://example.com/a.mp4?x=1&y=2",
        "http://127.0.0.1:8888/a.mp4",
        "data:video/mp4;base64,AAAA",
        "data:image/jpeg;base64,/9j/4AA=",
    ],
)
def test_addresses_a_page_may_load(address: str) -> None:
    """Relative paths, http(s), and embedded JPEG and MP4 pass unchanged."""
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,AAAA",
        'data:image/jpeg;base64,AAAA" onerror="x',
        "//evil.example/a.mp4",
        "\\\\evil.example\\a.mp4",
        'a.mp4" onerror="alert(1)',
        "a.mp4\u202e",
    ],
)
def test_other_addresses_are_refused(address: str | None) -> None:
    """Scripts, foreign schemes, other embedded types and broken-out quotes are refused."""
    assert safe_address(address) is None
