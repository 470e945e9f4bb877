"""Everything that is counted, in one place. Labels have few values: no person, number or search word is ever one."""

from core.metrics.instruments import Counter, Histogram

REQUESTS = Counter(
    "benchside_requests",
    "Answers by route pattern, method and class of status.",
    ["route", "method", "status"],
)
REQUEST_SECONDS = Histogram(
    "benchside_request_seconds", "Seconds until an answer began, by route pattern.", ["route"]
)
DATABASE_WAIT_SECONDS = Histogram(
    "benchside_database_wait_seconds",
    "Seconds until a connection was had (connection), or until the one writer of SQLite had its turn (writer).",
    ["wait"],
)
DATABASE_RETRIES = Counter(
    "benchside_database_retries",
    "Transactions tried again because the database said that nothing had happened.",
)
DELIVERY_FAILURES = Counter(
    "benchside_delivery_failures", "Failed attempts to deliver, by hook (notify, trial_system).", ["hook"]
)
UPLOAD_BYTES = Counter("benchside_upload_bytes", "Bytes of files received, kept or not.")
LOGIN_FAILURES = Counter(
    "benchside_login_failures",
    "Refused log-ins by reason (wrong_login, account_locked, address_waits).",
    ["reason"],
)
WORKER_FAILURES = Counter(
    "benchside_worker_failures", "Rounds of the background worker that ended in an error, by job.", ["job"]
)
JOB_RUNS = Counter(
    "benchside_job_runs",
    "Runs of the modules' jobs, by module, job and outcome (done, failed).",
    ["module", "job", "outcome"],
)
JOB_SECONDS = Histogram("benchside_job_seconds", "Seconds that the modules' jobs took.", ["module", "job"])
WORKER_RESTARTS = Counter("benchside_worker_restarts", "Worker processes that died and were started again.")

COUNTED: tuple[Counter | Histogram, ...] = (
    REQUESTS, REQUEST_SECONDS, DATABASE_WAIT_SECONDS, DATABASE_RETRIES, DELIVERY_FAILURES, UPLOAD_BYTES, LOGIN_FAILURES,
    WORKER_FAILURES, JOB_RUNS, JOB_SECONDS, WORKER_RESTARTS,
)  # fmt: skip
