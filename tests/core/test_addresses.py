"""By its spelling: whether a text is a web address, and who can reach it."""

import pytest

from hailuo_nb.core.addresses import fault_of, near_only
from hailuo_nb.core.cautions import warnings_of
from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.errors import ImageError, OptionError
from hailuo_nb.media.sources import find_image

NONE = {
    "http://": "no host",
    "https:///a.png": "no host",
    "https://?x": "no host",
    "https://a.example/my photo.png": "blanks",
    "https://a.example/a.png\n": "blanks",
    "https://a.example/\u00a0a.png": "blanks",
    "https://[::1/a.png": "cannot be read",
    "https://a.example:port/a.png": "cannot be read",
    "https://a.example:0/a.png": "no host",
}

NEAR = (
    "http://localhost/a.png",
    "http://LOCALHOST:8888/files/a.png",
    "http://me.localhost/a.png",
    "http://127.0.0.1:8888/a.png",
    "http://127.1/a.png",
    "http://2130706433/a.png",
    "http://0x7f000001/a.png",
    "http://0.0.0.0/a.png",
    "http://[::1]/a.png",
    "http://[fe80::1%25eth0]/a.png",
    "http://[fd00::7]/a.png",
    "http://[::ffff:10.0.0.1]/a.png",
    "http://10.1.2.3/a.png",
    "http://192.168.0.7/a.png",
    "http://172.16.0.1/a.png",
    "http://169.254.169.254/a.png",
    "http://100.64.0.1/a.png",
    "http://nas/a.png",
    "http://nas.local/a.png",
    "http://printer.lan./a.png",
)

FAR = (
    "https://pictures.example.com/a.png",
    "https://pictures.example.com:8443/a%20b.png?c=d#e",
    "http://8.8.8.8/a.png",
    "https://[2606:4700::1111]/a.png",
    "https://localhost.example.com/a.png",
    "https://bücher.example.com/a.png",
)


@pytest.mark.parametrize(("text", "why"), NONE.items())
def test_what_is_no_address_is_refused(text: str, why: str) -> None:
    """As an image and for a callback, before anything is sent."""
    assert why in (fault_of(text) or "")
    with pytest.raises(ImageError, match=why):
        find_image(text, {})
    with pytest.raises(OptionError, match=why):
        make_request(prompt="a", callback_url=text)


@pytest.mark.parametrize("url", NEAR)
def test_what_only_this_network_reaches_is_told(url: str) -> None:
    """Of each image and of the callback; the simulator may well reach it."""
    image = ImageRef(label=url, url=url)
    told = warnings_of(make_request(prompt="a", image=image, end_image=image, callback_url=url))
    assert near_only(url)
    assert [one.partition(" is at ")[0] for one in told] == [
        *("The callback address", "The start image", "The end image")
    ]
    assert all(one.endswith("which a service elsewhere cannot reach.") for one in told)


@pytest.mark.parametrize("url", FAR)
def test_what_anyone_reaches_is_not(url: str) -> None:
    """A public name or address, with all that may follow it."""
    assert (fault_of(url), near_only(url)) == (None, None)
    image = ImageRef(label=url, url=url)
    assert warnings_of(make_request(prompt="a", image=image, callback_url=url)) == ()
