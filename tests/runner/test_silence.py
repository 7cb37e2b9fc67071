"""What goes wrong on the engine's thread is logged, and said nowhere."""

import subprocess
import sys

import pytest

START = """
import asyncio, gc, logging, hailuo_nb
from hailuo_nb.runner.engine import Engine
engine = Engine()
async def wait():
    await asyncio.Event().wait()
async def fail():
    raise ValueError("a fault of ours")
async def leave():
    asyncio.get_running_loop().create_task(fail())
async def insist():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass
async def begin_another():
    try:
        await asyncio.Event().wait()
    finally:
        asyncio.get_running_loop().create_task(wait())
async def hold(work):
    await work
async def begin_what_holds():
    while True:
        asyncio.get_running_loop().create_task(hold(wait()))
        await asyncio.sleep(0)
def call(): raise ValueError("a fault of ours")
def end(): raise SystemExit
def die(): raise KeyboardInterrupt
def collect():
    engine.start(asyncio.sleep(0)).result()
    gc.collect()
"""

FAULTS = {
    "a log": "logging.getLogger('hailuo_nb.runner').exception('a fault of ours')",
    "a task's exception": "engine.spawn(fail()); collect()",
    "a task of a task": "engine.spawn(leave()); collect()",
    "an unread future": "engine.start(fail()); collect()",
    "a callback's exception": "engine.call(call); collect()",
    "the thread's end": "engine.call(end)",
    "the thread's fault": "engine.call(die); engine._thread.join()",
    "a task that does not end": "engine.spawn(insist()); collect()",
    "a task begun at the end": "engine.spawn(begin_another()); collect()",
    "tasks that hold coroutines": "engine.spawn(begin_what_holds()); collect()",
    "work for an ended engine": "engine.close(); engine.spawn(wait()); engine.call(call)",
    "work at the last moment": "engine.call(engine.loop.stop); engine.spawn(wait())",
    "a question to an ended engine": (
        "engine.close()\n"
        "try: engine.start(wait())\n"
        "except hailuo_nb.HailuoError: pass\n"
        "else: raise AssertionError"
    ),
    "an interrupt at the end": "import signal; engine.before_close(lambda: interrupt())",
}
MORE = """
async def interrupt():
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(0)
"""


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_said(fault: str) -> None:
    """Neither at once nor when the process ends."""
    code = START + MORE + FAULTS[fault]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_went_wrong_is_in_the_log() -> None:
    """Whoever asks for it is told."""
    code = "import logging; logging.basicConfig(); " + START.strip() + "\nengine.spawn(leave())\n"
    code += "collect(); collect()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "ERROR:hailuo_nb:Task exception was never retrieved" in done.stderr
    assert "ValueError: a fault of ours" in done.stderr
