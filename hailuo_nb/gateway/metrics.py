"""Figures of the class for Prometheus: read from the database when they are asked for.

It knows names and units. None of them names a student, a task or a prompt.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select

from hailuo_nb.gateway.tables import HUNDREDTHS, account, student, task

STATES = ("queued", "sending", "running", "unsure", "success", "fail")


def metrics(connection: Connection) -> bytes:
    """Return the figures of this moment, as Prometheus reads them; of all replicas together."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(connection))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def collect(self) -> Iterator[Metric]:
        one = self._connection
        counted = select(task.c.state, func.count()).group_by(task.c.state)
        numbers = {row.state: int(row[1]) for row in one.execute(counted)}
        tasks = GaugeMetricFamily("hailuo_class_tasks", "Clips by state", labels=["state"])
        for state in STATES:
            tasks.add_metric([state], numbers.get(state, 0))
        yield tasks
        row = one.execute(select(account)).one()
        money = GaugeMetricFamily("hailuo_class_credits", "Credits of the class", labels=["kind"])
        money.add_metric(["held"], row.held / HUNDREDTHS)
        money.add_metric(["spent"], row.spent / HUNDREDTHS)
        yield money
        people = one.scalar(select(func.count()).select_from(student)) or 0
        yield GaugeMetricFamily("hailuo_class_students", "Students enrolled", value=people)
        paused = GaugeMetricFamily(
            "hailuo_class_paused", "1 while nothing is sent", value=row.paused
        )
        yield paused
