"""Without a setting each clip is measured, in a process beside a real kernel."""

import json
from pathlib import Path

from tests.kernel.real_kernel import real_kernel


def test_a_saved_clip_is_measured(tmp_path: Path) -> None:
    """What was found is in the task and beside the clip."""
    with real_kernel(
        tmp_path, tmp_path / "home", HAILUO_SIMULATOR="on", HAILUO_MEASURES=""
    ) as kernel:
        kernel.load()
        kernel.run("%hailuo simulator --speed 400 --size 64")
        assert not kernel.run("%%hailuo fox --wait\n[Pan left] A red fox.").error
        kernel.run("import json\nfrom hailuo_nb import api\napi.session().measuring.wait([fox])")
        keys = json.loads(kernel.value("json.dumps(sorted(fox.snapshot.measured))").strip("'"))
        assert {"flicker", "loop", "sharpness"} <= set(keys)
        beside = kernel.value("str(fox.video.with_suffix('.json'))").strip("'")
        assert sorted(json.loads(Path(beside).read_text())["measures"]) == keys
