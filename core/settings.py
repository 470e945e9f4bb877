"""Settings of one installation: ``benchside.toml`` and ``BENCHSIDE_*`` variables."""

import ipaddress
from pathlib import Path
from typing import Any

import typed_settings as ts
from attrs import field, frozen, validators

from core.logs import FORMATS, LEVELS
from core.store.digests import DIGESTS

ROOT = Path(__file__).resolve().parent.parent


def _networks(_: object, _field: Any, value: str) -> None:
    """Refuse, at start and by name, what is no address or network."""
    for one in value.split():
        ipaddress.ip_network(one)


@frozen
class Settings:
    """What an operator sets; every value has a default that is safe for one machine, save the secret."""

    database_url: str = ""
    """SQLAlchemy address; empty means SQLite in the data folder."""
    data_dir: Path = ROOT / "var" / "data"
    keys_file: Path | None = None
    """The keys that personal data is sealed with; empty means beside the data folder, where no backup goes."""
    plugins_dir: Path | None = None
    """A further folder of modules, beside those of the repository and installed packages."""
    assets_dir: Path = ROOT / "var" / "assets"
    secret_key: ts.SecretStr = field(default=ts.SecretStr(""))
    """Signs cookies and form tokens; at least 32 characters."""
    https: bool = False
    """Pages are reached by https (also behind a proxy): cookies are marked Secure."""
    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 12
    stop_seconds: float = 30.0
    """So long a stop may take to finish what was accepted; then it is cut off."""
    strict: bool = False
    """A module that fails to load stops the start (for CI)."""
    session_idle_minutes: int = 15
    session_hours: int = 8
    sessions_per_person: int = 1
    """Places at which one account may be logged in at once; a further log-in ends the oldest."""
    login_failures: int = 5
    login_lock_minutes: int = 30
    address_failures: int = 30
    """Failed log-ins from one address within the lock time after which the address waits."""
    upload_limit_mb: int = 100
    delivery_seconds: float = 1.0
    """How often the outbox looks for something to deliver."""
    delivery_attempts: int = 6
    """Attempts before a delivery that fails in a module is given up and shown to a person."""
    unreachable_attempts: int = 300
    """Attempts where the other side does not answer: five minutes apart in the end, so about a day of them."""
    delivery_lease_seconds: int = 60
    public_url: str = ""
    """Where strangers reach the pages that need no log-in (the square code on a paper leads there)."""
    paper_font: str = "WenQuanYi Micro Hei"
    """The family that court papers are set in; a court with a licence for 仿宋 names it here."""
    paper_font_dir: Path | None = None
    """A folder with the fonts of that family, where it is not the one that comes along."""
    audit_digest: str = field(default="sha256", validator=validators.in_(tuple(DIGESTS)))
    """What the audit log is sealed with: ``sha256``, or ``sm3`` (GB/T 32905)."""
    seal_seconds: float = 10.0
    """How often the audit log is sealed."""
    webhook_hosts: str = ""
    """Hosts, separated by spaces, to which clients may have changes pushed; none where empty."""
    trusted_proxies: str = field(default="", validator=_networks)
    """Addresses or networks, separated by spaces, of the proxies whose X-Forwarded-For, -Proto and X-Request-ID count."""
    metrics_from: str = field(default="127.0.0.0/8 ::1", validator=_networks)
    """Who may read ``/metrics`` without a token, coming directly and through no proxy."""
    metrics_token: ts.SecretStr = field(default=ts.SecretStr(""))
    """Who sends this as a bearer token may read ``/metrics`` from anywhere; empty: nobody."""
    trace: bool = False
    """Note for developers which module answered what in each request, and show it at ``/admin/trace``."""
    log_format: str = field(default="auto", validator=validators.in_(FORMATS))
    """``json``, ``console``, or ``auto``: console on a terminal, else JSON."""
    log_level: str = field(default="info", validator=validators.in_(tuple(LEVELS)))

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'benchside.db'}"

    @property
    def keys(self) -> Path:
        """The file of keys, with the default filled in: ``var/data`` has ``var/data.keys.json`` beside it."""
        return self.keys_file or self.data_dir.with_name(f"{self.data_dir.name}.keys.json")

    @property
    def metrics_dir(self) -> Path:
        """Where the processes of this installation put what they counted."""
        return self.data_dir / "metrics"

    @property
    def module_folders(self) -> list[Path]:
        """Where modules are looked for, beside installed packages: the repository's own folder, then the settings'."""
        return [ROOT / "plugins", *([self.plugins_dir] if self.plugins_dir else [])]

    @property
    def journal_dir(self) -> Path:
        """Where the processes of this installation note what failed, and what was traced."""
        return self.data_dir / "journal"

    @property
    def outside_address(self) -> str:
        """Where strangers reach us, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secret(self) -> bytes:
        """The secret key's bytes."""
        return self.secret_key.encode()


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings; an unknown key or a wrong type is refused by name.

    Raises:
        typed_settings.exceptions.TsError: the file or a variable does not fit.
    """
    files = [file] if file else [Path("benchside.toml")]
    return ts.load(Settings, "benchside", config_files=files, env_prefix="BENCHSIDE_")
