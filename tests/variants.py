"""Which variants of a slow test every run plays; the others are played by ``make variants``.

A test that starts a kernel, a browser or a server for each of its variants costs seconds for
each, and most break together. Each function stays in every run, by the variants that are named
here: a promise is never left to `make variants` alone.
"""

from collections.abc import Mapping, Sequence

KEPT: Mapping[str, tuple[str, ...]] = {
    "tests/lab/test_healing_in_lab.py::test_a_card_tells_the_truth_whatever_has_ended": ("grid",),
    "tests/views/test_judge_js.py::test_axe_finds_nothing": ("dark",),
    "tests/session/test_adopted.py::test_it_takes_of_its_own_day": ("40.0-0.0",),
    "tests/kernel/test_key.py::test_the_key_shows_nowhere": ("1",),
    "tests/chaos/test_chaos.py::test_no_promise_is_broken": ("some",),
    "tests/chaos/test_chaos.py::test_each_kill_came_where_it_was_aimed": ("some",),
    "tests/chaos/test_chaos.py::test_every_unsure_task_was_being_sent": ("some",),
    "tests/chaos/test_chaos.py::test_the_report_counts_every_task": ("some",),
    "tests/chaos/test_two_kernels.py::test_a_kernel_that_slept_too_long_does_not_send_again": (
        "credit",
    ),
    "tests/kernel/test_clocks.py::test_each_task_is_polled_by_one_kernel_that_goes_on": ("86400",),
    "tests/kernel/test_key_origins.py::test_an_upload_host_named_in_the_notebook_gets_no_key": (
        "KIE_API_KEY-%env",
        "the OS keyring-os.environ",
        "login-a file of variables",
        "Colab-%env",
    ),
    "tests/kernel/test_polite_ends.py::test_a_polite_end_says_nothing": (
        "shutdown-waiting",
        "restart-submitting",
        "nbclient-any",
        "ipython-generating",
        "script-saving",
    ),
    "tests/lab/test_panel_in_lab.py::test_a_person_makes_compares_and_goes_on": ("lab",),
    "tests/session/test_stranger.py::test_a_stranger_at_the_recorded_port_gets_no_prompt": (
        "sends_back",
    ),
    "tests/session/test_stranger.py::test_a_stranger_that_comes_in_mid_session_gets_no_prompt": (
        "tells_all",
    ),
    "tests/session/test_stranger.py::test_a_number_that_went_to_another_process_is_left_alone": (
        "time of old",
    ),
    "tests/session/test_stranger.py::test_an_odd_number_ends_nobody": ("-1",),
    "tests/session/test_stranger.py::test_what_no_simulator_starts_with_leaves_the_running_one": (
        "wrong2",
    ),
    "tests/simulator/test_callbacks.py::test_a_receiver_that_hangs_up_is_called_again": ("",),
    "tests/simulator/test_pictures.py::test_the_limit_itself_takes_little_memory": ("RGBA",),
    "tests/views/test_compare_stage_js.py::test_axe_finds_nothing": (
        "w-dark",
        "-light",
    ),
    "tests/views/test_grid_js.py::test_axe_finds_nothing": ("none-light",),
    "tests/views/test_grid_settled_js.py::test_axe_finds_nothing": ("none-dark",),
    "tests/views/test_paper.py::test_a_broken_picture_leaves_its_label": (
        "data:image/jpeg;base64,AAAA",
    ),
    "tests/views/panel/test_composer_looks_js.py::test_axe_finds_nothing": ("none-light",),
    "tests/views/panel/test_gallery_looks_js.py::test_axe_finds_nothing": ("none-dark",),
}
"""The variants that every run plays, by the test's function."""


def is_left_out(nodeid: str) -> bool:
    """Return whether a test is a variant that every run leaves out."""
    function, _, variant = nodeid.partition("[")
    return function in KEPT and variant.removesuffix("]") not in KEPT[function]


def left_behind(nodeids: Sequence[str]) -> list[str]:
    """Return the variants that are to be kept and are not among these tests."""
    known = set(nodeids)
    kept = [f"{function}[{one}]" for function, some in KEPT.items() for one in some]
    return [nodeid for nodeid in kept if nodeid not in known]
