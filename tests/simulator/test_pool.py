"""The worker processes: started ahead, never more than two, replaced when they die."""

import pytest

from hailuo_nb.simulator.render.jobs import ClipJob
from hailuo_nb.simulator.render.pool import WORKERS, RenderError, RenderPool


@pytest.fixture
def pool():
    pool = RenderPool()
    yield pool
    pool.close()


def drawn(pool, tmp_path, name: str):
    given = {"variation": 1, "duration_s": 1, "short_side_px": 512, "max_size_px": 64}
    out = str(tmp_path / name)
    return pool.submit(ClipJob(out=out, prompt="a lake", seed=name, enhanced=False, **given))


def test_a_worker_started_ahead_gets_the_job(pool, tmp_path):
    """A job goes to the worker that is there already, and none is started for it."""
    pool.warm()
    drawn(pool, tmp_path, "one.mp4").result()
    drawn(pool, tmp_path, "two.mp4").result()
    assert len(pool._all) == 1
    assert (tmp_path / "two.mp4").stat().st_size > 1000


def test_there_are_never_more_than_two(pool, tmp_path):
    """However often it is asked to be ready, and however many jobs come meanwhile."""
    jobs = []
    for number in range(4):
        pool.warm()
        jobs.append(drawn(pool, tmp_path, f"{number}.mp4"))
    for job in jobs:
        job.result()
    assert 1 <= len(pool._all) <= WORKERS


def test_a_worker_that_died_is_replaced(pool, tmp_path):
    """The job it had fails, the next one is done by another."""
    drawn(pool, tmp_path, "one.mp4").result()
    pool._all[0].kill()
    pool._all[0].wait()
    with pytest.raises(RenderError):
        drawn(pool, tmp_path, "two.mp4").result()
    drawn(pool, tmp_path, "three.mp4").result()
    assert (tmp_path / "three.mp4").exists()


def test_getting_ready_after_the_end_starts_nothing():
    """A closed pool stays closed."""
    pool = RenderPool()
    pool.close()
    pool.warm()
    assert pool._all == []
