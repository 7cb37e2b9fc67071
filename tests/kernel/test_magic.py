"""What a person meets at the magic: one cell in, a clip out, and clear refusals."""

import json

import pytest

from hailuo_nb.notebook.help import WIDTH
from tests.kernel.real_kernel import RealKernel

FAST = "%hailuo simulator --speed 400 --size 64"


def test_one_cell_in_a_clip_out(kernel: RealKernel) -> None:
    """A cell returns with a live card, and the card becomes the saved clip."""
    kernel.run(FAST)
    cell = kernel.run("%%hailuo samurai --image sample:peak\n[Push in] A lone samurai.")
    assert not cell.error
    card, below = cell.displays
    assert "application/vnd.jupyter.widget-view+json" in kernel.page[card]["data"]
    assert not kernel.run("%hailuo wait samurai").error
    assert "widget-view" not in str(kernel.page[card]["data"].keys())
    assert kernel.page[below]["data"] == {}
    assert "<video" in kernel.html(card)
    assert 'src="hailuo_videos/' in kernel.html(card)
    assert "SIMULATED" in kernel.html(card)
    assert "SIMULATED" in kernel.plain(card)
    assert len(kernel.html(card)) < 60_000
    assert kernel.value("samurai.state, samurai.video.is_file(), samurai.credits > 0") == (
        "done True True"
    )


def test_clip_lies_beside_the_notebook_with_what_made_it(kernel: RealKernel) -> None:
    """The MP4 and its JSON carry our local id and lie in hailuo_videos/."""
    kernel.run(FAST)
    assert not kernel.run("%%hailuo one --wait\n[Pan left] A harbour.").error
    (clip,) = (kernel.folder / "hailuo_videos").glob("*.mp4")
    facts = json.loads(clip.with_suffix(".json").read_text())
    assert facts["prompt"] == "[Pan left] A harbour."
    assert facts["model"] == "hailuo/02-text-to-video-standard"
    assert facts["simulated"] is True
    assert facts["id"] == clip.stem == kernel.value("one.id")


def test_same_cell_again_is_free(kernel: RealKernel) -> None:
    """The same cell run again shows the same task; --again makes another."""
    kernel.run(FAST)
    cell = "%%hailuo one --wait\nA harbour."
    kernel.run(cell)
    first = kernel.value("one.id")
    again = kernel.run(cell)
    assert kernel.value("one.id") == first
    assert "<video" in kernel.html(again.displays[0])
    kernel.run("%%hailuo two --wait --again\nA harbour.")
    assert kernel.value("two.id") != first
    assert kernel.value("two.snapshot.request.sample") == "2"


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        ("%%hailuo x --duration 9\nhi", "OptionError", "6 or 10"),
        ("%%hailuo x --model 2.3-i2v --image sample:peak --optimizer on\nhi", "OptionError", "no"),
        ("%%hailuo x --model nonsense\nhi", "OptionError", "02-t2v"),
        ("%%hailuo x --model 02-t2v --resolution 1080P\nhi", "OptionError", "768P"),
        ("%%hailuo x --image nowhere.png\nhi", "ImageError", "nowhere.png"),
        ("%%hailuo x\n\n", "PromptError", "empty"),
        ("%%hailuo x\none\n---\n\n---\ntwo", "PromptError", "between"),
        ("%%hailuo x --duration 6,\nhi", "OptionError", "--duration"),
        ("%%hailuo x --model 02-t2v-pro --duration 7,8\nhi", "OptionError", "it could be 6"),
        ("%%hailuo x\n{{nowhere}}", "PromptError", "nowhere"),
        ("%%hailuo mine\nhi", "NameInUse", "mine"),
        ("%%hailuo 3x\nhi", "OptionError", "3x"),
        ("%%hailuo class\nhi", "OptionError", "class"),
        ("%%hailuo print\nhi", "NameInUse", "print is a name of Python's own"),
        ("%%hailuo x --nonsense 3\nhi", "OptionError", "--nonsense"),
        ("%hailuo nonsense", "UsageError", "history"),
        ("%hailuo histroy", "UsageError", "Did you mean %hailuo history?"),
        ("%hailuo Show x", "UsageError", "Did you mean %hailuo show?"),
        ("%hailuo doctor ~no-such-user-here/a.ipynb", "UsageError", "a home folder that does not"),
        ("%hailuo export x ~no-such-user-here/a.html", "UsageError", "a home folder that does"),
        ("%%hailuo x", "PromptError", "Write it below the %%hailuo line"),
        ("\n%%hailuo x --duration 6", "PromptError", "Write it below the %%hailuo line"),
        ("%%hailuo show x", "PromptError", "The verb show has one sign: %hailuo show"),
        ("%%hailuo\u00a0x \u2014dry-run\n--image sample:peak\nhi", "PromptError", "begins with"),
        ("%%hailuo x\n%%hailuo y\nhi", "PromptError", "Line 1 of the text begins with %%hailuo"),
        ("%%hailuo x\n```\nhi\n```", "PromptError", "a Markdown fence"),
        ("%%hailuo x \u2014imge a\nhi", "OptionError", "\u2014 (em dash), which is not --"),
        ("%hailuo show nowhere", "UsageError", "nowhere"),
    ],
)
def test_refusals_are_one_line_and_stop_the_run(
    shared_kernel: RealKernel, cell: str, kind: str, words: str
) -> None:
    """What cannot be sent is refused in a line or two, without a traceback."""
    shared_kernel.run("mine = 1")
    outcome = shared_kernel.run(cell)
    assert outcome.error_name == kind
    assert words in outcome.error
    assert "Nothing was sent" in outcome.error
    assert "Traceback" not in outcome.error
    assert len(outcome.error.splitlines()) <= 2
    assert not (shared_kernel.folder / "hailuo_videos").exists()


def test_insertions_and_verbatim(shared_kernel: RealKernel) -> None:
    """{{name}} inserts a variable; --verbatim sends every byte as typed."""
    shared_kernel.run("mood = 'calm'")
    outcome = shared_kernel.run("%%hailuo --dry-run\n\n\nA {{mood}} sea \\{x\\}\n\n")
    assert '"prompt": "A calm sea {x}"' in outcome.text
    outcome = shared_kernel.run("%%hailuo --dry-run --verbatim\n\nA {{mood}} sea {a|b}\n---\n")
    assert '"prompt": "\\nA {{mood}} sea {a|b}\\n---\\n"' in outcome.text


def test_generate_is_the_same_from_python(kernel: RealKernel) -> None:
    """generate() makes the request that the cell makes, and shares its task."""
    kernel.run(FAST)
    kernel.run("%%hailuo one --image sample:forest --duration 10 --optimizer off\nA path.")
    code = (
        "import hailuo_nb\n"
        "two = hailuo_nb.generate('A path.', image='sample:forest', duration=10, optimizer=False)\n"
        "print(two.id == one.id)"
    )
    assert kernel.run(code).text.strip() == "True"


def test_await_and_last_frame(kernel: RealKernel) -> None:
    """A task can be awaited, and a finished one is a start image."""
    kernel.run(FAST)
    kernel.run("%%hailuo one\nA harbour.")
    assert kernel.run("done = await one\nprint(done.state)").text.strip() == "done"
    assert not kernel.run("%%hailuo two --image one --wait\nOn from there.").error
    assert kernel.value("two.snapshot.request.image.label") == "last frame of one"


def test_history_and_help(kernel: RealKernel) -> None:
    """The verbs list what there is, also for machines."""
    kernel.run(FAST)
    kernel.run("%%hailuo one --wait\nA harbour.")
    assert "one" in kernel.run("%hailuo history").text
    (row,) = json.loads(kernel.run("%hailuo history --state done --json").text)
    assert row["name"] == "one"
    assert row["state"] == "done"
    assert row["taskId"] == kernel.value("one.task_id")
    told = kernel.run("%hailuo help").text
    assert "--end-image" in told
    assert max(map(len, told.splitlines())) <= WIDTH
    assert kernel.run("%hailuo resume").text.strip() == "Nothing is unfinished."
    checked = kernel.run("%hailuo doctor").text
    assert "problem" not in checked
    assert "built-in simulator answers" in checked


def completed(kernel: RealKernel, text: str) -> list[str]:
    """Return what Tab makes of a cell whose cursor stands at its end."""
    reply = kernel.client.complete(text, reply=True, timeout=30)["content"]
    return [text[: reply["cursor_start"]] + match for match in reply["matches"]]


def test_completion_offers_options_and_values(shared_kernel: RealKernel) -> None:
    """Tab completes options, their values, samples, verbs and what these take."""
    for text, whole in (
        ("%%hailuo x --dur", "%%hailuo x --duration"),
        ("%%hailuo x --resolution 7", "%%hailuo x --resolution 768P"),
        ("%%hailuo x --duration 6,1", "%%hailuo x --duration 6,10"),
        ("%%hailuo x --image sample:p", "%%hailuo x --image sample:peak"),
        ("%hailuo his", "%hailuo history"),
        ("x = 1\n%hailuo his", "x = 1\n%hailuo history"),
        ("%hailuo promote x --model 02-i2v-p", "%hailuo promote x --model 02-i2v-pro"),
        ("%hailuo pro", "%hailuo promote"),
        ("%hailuo history --st", "%hailuo history --state"),
        ("%hailuo history --state d", "%hailuo history --state done"),
        ("%hailuo budget 9 --per s", "%hailuo budget 9 --per session"),
    ):
        assert whole in completed(shared_kernel, text), text


def test_completion_offers_camera_commands_in_an_open_bracket(shared_kernel: RealKernel) -> None:
    """In the text of a cell of ours, and nowhere else."""
    for text, whole in (
        ("%%hailuo x\n[Pu", "%%hailuo x\n[Push in"),
        ("%%hailuo x\nA cat. [pus", "%%hailuo x\nA cat. [Push in"),
        ("%%hailuo x\n\n[Pan left,Zo", "%%hailuo x\n\n[Pan left,Zoom out"),
        ("%%hailuo x\n[Push ", "%%hailuo x\n[Push in"),
        ("%%hailuo x\n[\u63a8", "%%hailuo x\n[\u63a8\u8fdb"),
    ):
        assert whole in completed(shared_kernel, text), text
    for text in ("%%hailuo x\n[Push in] Pu", "x = [Pu", "%%hailuo x\nPu"):
        assert not any("Push in" in one[len(text) :] for one in completed(shared_kernel, text))


def test_names_are_completed_and_meant(kernel: RealKernel) -> None:
    """Those of this notebook and those of the history, which no variable has any more."""
    kernel.run(FAST)
    kernel.run("%%hailuo samurai --wait\nA harbour.")
    kernel.run("%%hailuo trial --wait\nA {calm | wild} harbour.")
    kernel.run("del samurai, trial")
    for verb in ("show", "compare", "export", "wait", "resume", "resolve"):
        assert f"%hailuo {verb} samurai" in completed(kernel, f"%hailuo {verb} sam")
    assert "%hailuo compare samurai trial" in completed(kernel, "%hailuo compare samurai tr")
    assert "%%hailuo x --image clip:samurai" in completed(kernel, "%%hailuo x --image clip:s")
    for verb in ("show", "wait", "resume"):
        refused = kernel.run(f"%hailuo {verb} samuria")
        assert "There is no task 'samuria'. Did you mean samurai?" in refused.error
    refused = kernel.run("%hailuo resolve samuria --drop")
    assert "only an unsure one can be settled. Did you mean samurai?" in refused.error
    assert not kernel.run("%hailuo show \uff53amurai").error


def test_reloading_keeps_the_tasks(kernel: RealKernel) -> None:
    """%reload_ext neither doubles the thread nor loses a task."""
    kernel.run(FAST)
    kernel.run("%%hailuo one\nA harbour.")
    kernel.run("%reload_ext hailuo_nb")
    threads = "sum(t.name == 'hailuo-engine' for t in __import__('threading').enumerate())"
    assert kernel.value(threads) == "1"
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"
