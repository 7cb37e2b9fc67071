"""No setting made inside a notebook sends the key anywhere: real kernels, recording servers."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.kernel.real_kernel import Outcome, RealKernel, real_kernel
from tests.kernel.test_login import KEYRING, NO_KEYRING, type_in

KEY = "sk-3f0a9c1d7b2e4856"
COLAB = f"""
import sys
from types import ModuleType, SimpleNamespace
colab = ModuleType("google.colab")
colab.userdata = SimpleNamespace(get={{"KIE_API_KEY": "{KEY}"}}.get)
sys.modules["google.colab"] = colab
"""
WITH_IMAGE = "%%hailuo one --image sample:forest --wait\nA path."
WITHOUT_IMAGE = "%%hailuo two --model 02-t2v-standard --wait\nA path."
FOREIGN = "https://collector.example:8443"
SET: dict[str, str] = {
    "%env": "%env {name}={url}",
    "os.environ": "import os; os.environ['{name}'] = '{url}'",
    "a file of variables": (
        "import os, pathlib; pathlib.Path('.env').write_text('{name}={url}')\n"
        "for line in pathlib.Path('.env').read_text().splitlines():\n"
        "    os.environ.update([line.split('=', 1)])"
    ),
}


@dataclass
class Recorder:
    """A server that writes down what reaches it, and refuses it; a proxy is one, too."""

    origin: str = ""
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    news: threading.Event = field(default_factory=threading.Event)

    @property
    def asked(self) -> set[str]:
        """What was asked for."""
        return {asked for asked, _ in self.requests}

    def await_(self, asked: str) -> None:
        """Wait until something is asked for."""
        while asked not in self.asked:
            assert self.news.wait(60), self.asked
            self.news.clear()

    @property
    def bearers(self) -> list[str]:
        """The keys that came, whatever else did."""
        sent = (headers.get("Authorization") for _, headers in self.requests)
        return [bearer for bearer in sent if bearer]


@contextmanager
def recorder() -> Iterator[Recorder]:
    """Run one."""
    found = Recorder()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.record()

        def do_POST(self) -> None:
            self.record()

        def do_CONNECT(self) -> None:
            self.record()

        def record(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found.requests.append((f"{self.command} {self.path}", dict(self.headers.items())))
            found.news.set()
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.origin = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def there() -> Iterator[Recorder]:
    """Play the host that a notebook names."""
    with recorder() as found:
        yield found


@pytest.fixture
def proxy() -> Iterator[Recorder]:
    """Play the way to the internet: a host there is asked for by CONNECT."""
    with recorder() as found:
        yield found


@contextmanager
def kernel_of(folder: Path, proxy: Recorder, source: str, **env: str) -> Iterator[RealKernel]:
    """Run a kernel that has its key from a source, and reaches the internet by the proxy."""
    ways = {"HTTPS_PROXY": proxy.origin, "https_proxy": proxy.origin, "NO_PROXY": ""}
    if source == "KIE_API_KEY":
        env["KIE_API_KEY"] = KEY
    with real_kernel(folder, folder / "home", **ways, **env) as kernel:
        prepared = {"the OS keyring": KEYRING, "login": NO_KEYRING, "Colab": COLAB}
        if source in prepared:
            assert not kernel.run(prepared[source]).error
        kernel.load()
        if source in ("the OS keyring", "login"):
            type_in(kernel, "%hailuo login", KEY)
        yield kernel


def set_there(kernel: RealKernel, how: str, name: str, url: str) -> str:
    """Set a variable in the notebook, load anew, and return the load line."""
    assert not kernel.run(SET[how].format(name=name, url=url)).error
    return kernel.run("%reload_ext hailuo_nb").text


def refused(outcome: Outcome, origin: str) -> None:
    """Check that a cell says which origin does not get the key, and holds no key itself."""
    assert outcome.error_name == "UnsafeOrigin", outcome
    assert f"does not go to {origin}: " in outcome.error
    assert "Nothing was sent." in outcome.error
    assert KEY not in outcome.error


@pytest.mark.parametrize("how", SET)
@pytest.mark.parametrize("source", ["KIE_API_KEY", "the OS keyring", "login", "Colab"])
def test_an_upload_host_named_in_the_notebook_gets_no_key(
    tmp_path: Path, there: Recorder, proxy: Recorder, source: str, how: str
) -> None:
    """Wherever the key is from and however the variable is set; and the load line says it."""
    with kernel_of(tmp_path, proxy, source) as kernel:
        line = set_there(kernel, how, "HAILUO_UPLOAD_URL", there.origin)
        outcome = kernel.run(WITH_IMAGE)
        assert there.bearers == []
        assert "https://api.kie.ai (key from " in line
        told = f"Images go to {there.origin}, which is not the vendor's own and does not get"
        assert told in line
        refused(outcome, there.origin)
    assert (there.requests, proxy.requests) == ([], [])


def test_a_foreign_https_host_named_in_the_notebook_is_not_asked(
    tmp_path: Path, proxy: Recorder
) -> None:
    """As an upload host, then as the service: no connection to it is even tried."""
    with kernel_of(tmp_path, proxy, "KIE_API_KEY") as kernel:
        line = set_there(kernel, "%env", "HAILUO_UPLOAD_URL", FOREIGN)
        assert f"Images go to {FOREIGN}, which is not the vendor's own" in line
        refused(kernel.run(WITH_IMAGE), FOREIGN)
        line = set_there(kernel, "%env", "HAILUO_BASE_URL", FOREIGN)
        assert f"uses {FOREIGN}, which is not the vendor's own and does not get the key" in line
        refused(kernel.run(WITHOUT_IMAGE), FOREIGN)
        doctor = kernel.run("%hailuo doctor").text
        assert f"does not go to {FOREIGN}" in doctor
    assert proxy.requests == []


@pytest.mark.parametrize("name", ["HAILUO_BASE_URL", "HAILUO_UPLOAD_URL"])
@pytest.mark.parametrize(
    "url",
    [
        "{origin}./",
        "HTTP://127.0.0.1.:{port}",
        "http://LOCALHOST:{port}/api/v1",
        "http://api.kie.ai@127.0.0.1:{port}",
        "http://:pw@127.0.0.1:{port}",
        "http://@127.0.0.1:{port}",
        "http://127.0.0.1:{port}#@api.kie.ai",
        "http://127.0.0.1:{port}?https://api.kie.ai",
        "http://127.0.0.1:{port}\\@api.kie.ai",
        "http://2130706433:{port}",
        "http://127.0.0.1.evil.example:{port}",
        "https://api.kie.ai:{port}",
        "https://api.kie.ai.evil.example",
        "https://api.kie.ai@evil.example",
        "https://api。kie。ai",
        "https://api.kie.ai%2eevil.example",
        "http://[::1",
        "http://[::1]:99999",
    ],
)
def test_no_spelling_helps(
    shared: RealKernel, there: Recorder, proxy_of_all: Recorder, name: str, url: str
) -> None:
    """Dots, case, ports, names and numbers: refused at loading, or when it would be sent."""
    port = there.origin.rpartition(":")[2]
    shared.run(f"%env {name}={url.format(origin=there.origin, port=port)}")
    line = shared.run("%reload_ext hailuo_nb")
    outcome = shared.run(WITH_IMAGE)
    shared.run(f"import os; os.environ.pop('{name}')")
    if line.error:
        assert line.error_name in ("SetupError", "UnsafeOrigin")
        assert name in line.error
    else:
        assert outcome.error_name == "UnsafeOrigin"
    assert there.requests == []
    assert proxy_of_all.requests == []


@pytest.fixture(scope="module")
def proxy_of_all() -> Iterator[Recorder]:
    """Play the way to the internet for the kernel that many tests share."""
    with recorder() as found:
        yield found


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, proxy_of_all: Recorder
) -> Iterator[RealKernel]:
    """Start one kernel with a key for all spellings."""
    folder = tmp_path_factory.mktemp("spellings")
    with kernel_of(folder, proxy_of_all, "KIE_API_KEY") as kernel:
        yield kernel


def test_a_service_changed_in_the_notebook_gets_no_key(
    tmp_path: Path, there: Recorder, proxy: Recorder
) -> None:
    """Also where another service was named with the key before the kernel started."""
    with recorder() as named:
        env = {"HAILUO_BASE_URL": named.origin}
        with kernel_of(tmp_path, proxy, "KIE_API_KEY", **env) as kernel:
            for how in SET:
                line = set_there(kernel, how, "HAILUO_BASE_URL", there.origin)
                outcomes = kernel.run(WITH_IMAGE), kernel.run(WITHOUT_IMAGE)
                assert there.bearers == []
                assert f"uses {there.origin}, which is not the vendor's own and does not" in line
                for outcome in outcomes:
                    refused(outcome, there.origin)
            set_there(kernel, "%env", "HAILUO_BASE_URL", named.origin)
            kernel.run(WITHOUT_IMAGE)
        assert set(named.bearers) == {f"Bearer {KEY}"}
    assert there.requests == []


def test_a_typed_key_goes_to_the_service_that_was_told(
    tmp_path: Path, there: Recorder, proxy: Recorder
) -> None:
    """The address that is asked about is the one that gets it, also without loading anew."""
    with kernel_of(tmp_path, proxy, "") as kernel:
        kernel.run(NO_KEYRING)
        kernel.run(f"%env HAILUO_BASE_URL={there.origin}")
        _, asked = type_in(kernel, "%hailuo login", KEY)
        assert asked[0]["prompt"] == f"API key for {there.origin} (not shown): "
        kernel.run("import os\nfrom hailuo_nb import api")
        assert kernel.value("[*api.session().config.key_origins]") == f"['{there.origin}']"
        kernel.run("del os.environ['HAILUO_BASE_URL']")
        assert "the built-in simulator" in kernel.run("%reload_ext hailuo_nb").text
    assert (there.requests, proxy.requests) == ([], [])


def test_a_key_and_both_origins_of_before_the_start_go_together(
    tmp_path: Path, there: Recorder, proxy: Recorder
) -> None:
    """Named outside the notebook they get the key, and both are named at loading."""
    with recorder() as api:
        env = {"HAILUO_BASE_URL": api.origin, "HAILUO_UPLOAD_URL": there.origin}
        with kernel_of(tmp_path, proxy, "KIE_API_KEY", **env) as kernel:
            line = kernel.run("%reload_ext hailuo_nb").text
            assert f"uses {api.origin}, which is not the vendor's own (key from" in line
            assert f"Images go to {there.origin}, which is not the vendor's own." in line
            kernel.run(WITH_IMAGE)
            kernel.run(WITHOUT_IMAGE)
        assert set(api.bearers) == set(there.bearers) == {f"Bearer {KEY}"}


def test_what_is_under_way_does_not_follow_the_variable(
    tmp_path: Path, there: Recorder, proxy: Recorder
) -> None:
    """Without loading anew a variable changes nothing: the vendor is asked, nobody else."""
    with kernel_of(tmp_path, proxy, "KIE_API_KEY") as kernel:
        kernel.run(f"%env HAILUO_UPLOAD_URL={there.origin}")
        assert not kernel.run(WITH_IMAGE.replace(" --wait", "")).error
        proxy.await_("CONNECT kieai.redpandaai.co:443")
    assert there.requests == []
    assert proxy.asked <= {"CONNECT kieai.redpandaai.co:443", "CONNECT api.kie.ai:443"}
