"""A clip on its way to the disk, with links planted under every name that could be foreseen."""

from pathlib import Path

from hailuo_nb.api import find
from hailuo_nb.session.session import Session
from hailuo_nb.views.compare import comparison
from tests.runner.conftest import order
from tests.runner.service import RECORD, WAIT_S, Service, until


def test_a_clip_and_its_sidecar_and_page(
    session: Session, service: Service, tmp_path: Path
) -> None:
    """All three are written, and what the links lead to stays as it was."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    held = service.hold(RECORD)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    tasks = [session.dispatch.submit(order(prompt)) for prompt in ("A hawk.", "A fox.")]
    until(lambda: all(task.task_id for task in tasks))
    session.folder.mkdir(exist_ok=True)
    for place in (session.folder / task.id for task in tasks):
        for ending in (".mp4", ".mp4.part", ".json", ".json.part", ".part"):
            place.with_name(place.name + ending).symlink_to(precious)
    held.set()
    clips = [task.wait(WAIT_S).video for task in tasks]
    page = tmp_path / "page.html"
    for path in (page, page.with_name("page.html.part")):
        path.symlink_to(precious)
    shown = comparison.members([find(session, task.id) for task in tasks])
    comparison.export(session, shown, page, title="Two", max_mb=25, smaller=False)
    assert precious.read_text() == "mine"
    written = [
        page,
        *(path for clip in clips if clip for path in (clip, clip.with_suffix(".json"))),
    ]
    assert [path.is_symlink() for path in written] == [False] * 5
    assert not list(session.folder.glob("*.mp4.*"))
