"""Uploaded pictures that claim or unpack to far more than they are, and jobs that never end."""

import io
import os
import signal
from pathlib import Path

import psutil
import pytest
from PIL import Image

from hailuo_nb.simulator.render import picture, pool
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.pool import RenderError, RenderPool
from tests.media import crafted

CLAIMS = {
    "png": lambda: crafted.png(13_300, 13_300),
    "png of one row": lambda: crafted.png(2**31 - 1, 1, pixels=b""),
    "webp": lambda: crafted.webp(16_383, 16_383),
    "webp of the most": lambda: crafted.webp(2**24, 2**8),
    "jpeg": lambda: crafted.jpeg(65_500, 65_500),
}


@pytest.fixture
def workers():
    running = RenderPool()
    yield running
    running.close()


def clip_of(folder: Path, data: bytes | None) -> ClipJob:
    """Return the job of a small clip that starts with this picture, or with none."""
    path = folder / "start"
    path.write_bytes(data or b"")
    given = {"variation": 1, "duration_s": 1, "short_side_px": 512, "max_size_px": 96}
    start = Frame(path=str(path)) if data else None
    out = str(folder / "clip.mp4")
    return ClipJob(out=out, prompt="a lake", seed="s", enhanced=False, start=start, **given)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_beyond_the_limit_is_the_pictures_fault(workers, tmp_path, name):
    """The worker says that the picture cannot be used, and takes the next job."""
    with pytest.raises(RenderError) as refused:
        workers.submit(clip_of(tmp_path, CLAIMS[name]())).result()
    assert refused.value.trouble == "image"
    workers.submit(clip_of(tmp_path, None)).result()
    assert (tmp_path / "clip.mp4").exists()
    assert len(workers._all) == 1


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "I;16"])
def test_the_limit_itself_takes_little_memory(workers, tmp_path, mode):
    """A picture of as many pixels as are taken is filmed within the worker's memory."""
    out = io.BytesIO()
    Image.new(mode, (10_000, picture.MAX_PIXELS // 10_000)).save(out, "PNG", compress_level=1)
    workers.submit(clip_of(tmp_path, out.getvalue())).result()
    taken = psutil.Process(workers._all[0].pid).memory_info()
    assert taken.vms < 2_500_000_000
    assert (tmp_path / "clip.mp4").stat().st_size > 1000


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1"])
def test_a_huge_picture_looks_as_it_did(tmp_path, mode):
    """What is made smaller before it is used keeps its ratio, its colours and its place."""
    drawn = Image.new("RGB", (6000, 4200), (200, 30, 30))
    drawn.paste((20, 40, 210), (3000, 0, 6000, 4200))
    drawn.convert(mode).save(tmp_path / "a.png")
    found = picture.opened(str(tmp_path / "a.png"))
    assert (found.mode, found.size) == ("RGB", (3000, 2100))
    whole = Image.open(tmp_path / "a.png").convert("RGB")
    for share in (0.2, 0.8):
        here = found.getpixel((int(3000 * share), 1000))
        there = whole.resize((60, 42), Image.Resampling.BOX).getpixel((int(60 * share), 20))
        assert max(abs(one - other) for one, other in zip(here, there, strict=True)) < 80


def test_a_picture_on_its_side_is_put_upright_when_it_is_huge(tmp_path):
    """What its camera noted of its turn outlives being made smaller."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (6000, 4200)).save(tmp_path / "a.png", exif=exif)
    assert picture.opened(str(tmp_path / "a.png")).size == (2100, 3000)


def test_a_job_that_never_ends_is_given_up(workers, tmp_path, monkeypatch):
    """A worker that stands still is ended with its time, and the next job has another."""
    job = clip_of(tmp_path, None)
    workers.submit(job).result()
    os.kill(workers._all[0].pid, signal.SIGSTOP)
    monkeypatch.setattr(pool, "JOB_S_MAX", 0.1)
    with pytest.raises(RenderError) as given_up:
        workers.submit(job).result()
    assert given_up.value.trouble == "crash"
    monkeypatch.undo()
    workers.submit(job).result()
