"""Loading the extension again and again leaves nothing open."""

from pathlib import Path

from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.runner.service import running_service, until

AGAIN = """
import psutil
from hailuo_nb import api
from hailuo_nb.runner import poll
poll.next_delay_s = lambda *_, **__: 0.3
shell, shared = get_ipython(), api.session().runner().shared
def again():
    shell.run_line_magic("reload_ext", "hailuo_nb")
    api.session().ask(shared.ask_balance(), api.session().runner())
def retired():
    return not shared._retiring
for _ in range(5): again()
"""
COUNT = "psutil.Process().num_fds(), psutil.Process().num_threads()"


def counted(kernel: RealKernel) -> tuple[int, int]:
    """Return how many descriptors and threads the kernel has."""
    until(lambda: kernel.value("retired()") == "True")
    descriptors, threads = kernel.value(COUNT).split()
    return int(descriptors), int(threads)


def test_fifty_loads_leave_no_descriptor_and_no_thread(tmp_path: Path) -> None:
    """Each closes the former client; the task under way is asked for through the new one."""
    with running_service(b"") as service:
        env = {"HAILUO_BASE_URL": service.origin, "KIE_API_KEY": "sk-reload-5e"}
        with real_kernel(tmp_path, tmp_path / "home", **env) as kernel:
            kernel.load()
            assert not kernel.run("%%hailuo boat\nA boat turns.").error
            assert not kernel.run(AGAIN).error
            before = counted(kernel)
            assert not kernel.run("for _ in range(50): again()").error
            descriptors, threads = counted(kernel)
            assert descriptors <= before[0] + 3
            assert threads <= before[1] + 3
            asked = service.count("/api/v1/jobs/recordInfo")
            until(lambda: service.count("/api/v1/jobs/recordInfo") > asked)
            until(lambda: kernel.value("boat.state") == "generating")
