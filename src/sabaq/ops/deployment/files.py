from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"
STREAM = "sabaq.stream.conf"
_ALONE = """\
    listen $https_port ssl http2;
    listen [::]:$https_port ssl http2;"""
# The port itself is shared by name: see sabaq.stream.conf, which says who has come.
_BEHIND_ONE_PORT = """\
    listen 127.0.0.1:$inner_port ssl http2 proxy_protocol;
    set_real_ip_from 127.0.0.1;
    real_ip_header   proxy_protocol;"""


@dataclass(frozen=True)
class Site:
    """One server: the name people use, where things lie, and who runs it.

    `certificate` and `key` are the files of TLS. `live_timeout` are the seconds after which nginx gives a silent
    stream up; Sabaq beats every 15. `turn_host` is the name under which voice takes its detour on the same port of
    TLS, "" where it has none; `turn_port` is coturn's, `inner_port` and `turn_inner_port` are the two doors behind the
    one port, on the loopback.
    """

    host: str
    code: Path
    data: Path = Path("/var/lib/sabaq")
    user: str = "sabaq"
    port: int = 8000
    http_port: int = 80
    https_port: int = 443
    certificate: Path = Path()
    key: Path = Path()
    live_timeout: int = 60
    turn_host: str = ""
    turn_port: int = 3478
    inner_port: int = 8443
    turn_inner_port: int = 8444

    def values(self) -> dict[str, str]:
        letsencrypt = Path("/etc/letsencrypt/live") / self.host
        values = {name: str(value) for name, value in asdict(self).items()}
        values["certificate"] = str(_or(self.certificate, letsencrypt / "fullchain.pem"))
        values["key"] = str(_or(self.key, letsencrypt / "privkey.pem"))
        suffix = "" if self.https_port == 443 else f":{self.https_port}"
        values["https_suffix"] = suffix
        values["names"] = f"{self.host} {self.turn_host}".rstrip()
        values["turn_setting"] = (
            f"SABAQ_TURN_HOST={self.turn_host}{suffix}" if self.turn_host else "#SABAQ_TURN_HOST="
        )
        listens = _BEHIND_ONE_PORT if self.turn_host else _ALONE
        values["https_listen"] = Template(listens).substitute(values)
        return values


def deployment_files(site: Site) -> Mapping[str, str]:
    """Give the text of each file by its name."""
    return {
        path.name: Template(path.read_text("utf-8")).substitute(site.values())
        for path in sorted(TEMPLATES.iterdir())
        if site.turn_host or path.name != STREAM
    }


def _or(path: Path, default: Path) -> Path:
    return default if path == Path() else path
