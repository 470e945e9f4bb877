"""The text that Prometheus reads: what the processes counted, and how the database says things stand."""

from collections.abc import Iterable, Iterator

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from core.metrics.counted import COUNTED
from core.metrics.instruments import SECONDS, Histogram, Labels
from core.metrics.shared import Sums
from core.work.standing import Standing


class _Given(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def exposition(sums: Sums, figures: Standing | None, *, up: bool, version: str, python: str) -> str:
    """Return everything; without ``figures`` what the database would tell is left out."""
    families = [*_counted(sums), *_figures(figures), *_always(up, version, python)]
    return generate_latest(_Given(families)).decode()


def _counted(sums: Sums) -> Iterator[Metric]:
    for one in COUNTED:
        rows = sums.get(one.name, {})
        if not rows and not one.labels:
            rows = {(): [0.0] * (len(SECONDS) + 2)}  # a counter that has not moved is there, at nought
        if isinstance(one, Histogram):
            yield _histogram(one, rows)
            continue
        family = CounterMetricFamily(one.name, one.told, labels=one.labels)
        for labels, row in rows.items():
            family.add_metric(labels, row[0])
        yield family


def _histogram(one: Histogram, rows: dict[Labels, list[float]]) -> Metric:
    family = HistogramMetricFamily(one.name, one.told, labels=one.labels)
    bounds = [*(f"{bound:g}" for bound in SECONDS), "+Inf"]
    for labels, (*buckets, total) in rows.items():
        below, heaped = 0.0, []
        for bound, number in zip(bounds, buckets, strict=True):
            below += number
            heaped.append((bound, below))
        family.add_metric(labels, buckets=heaped, sum_value=total)
    return family


def _figures(figures: Standing | None) -> Iterator[Metric]:
    queue = GaugeMetricFamily(
        "benchside_queue_depth", "Requests by court, module and state.", labels=["court", "module", "state"]
    )
    outbox = GaugeMetricFamily(
        "benchside_outbox_depth",
        "Deliveries not done, by status (waiting, given_up, refused).",
        labels=["status"],
    )
    oldest = GaugeMetricFamily(
        "benchside_outbox_age_seconds",
        "Age of the oldest delivery that nothing holds back; 0 where there is none.",
    )
    sessions = GaugeMetricFamily("benchside_sessions", "Sessions not ended by idleness.")
    if figures is not None:
        for labels, number in figures.queues.items():
            queue.add_metric(labels, number)
        for status, number in figures.outbox.items():
            outbox.add_metric([status], number)
        oldest.add_metric([], figures.oldest_seconds)
        sessions.add_metric([], figures.sessions)
    yield from (queue, outbox, oldest, sessions)


def _always(up: bool, version: str, python: str) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "benchside_database_up", "1 where the database gave its figures in time, else 0.", value=float(up)
    )
    build = GaugeMetricFamily("benchside_build_info", "The version that runs.", labels=["version", "python"])
    build.add_metric([version, python], 1)
    yield build
