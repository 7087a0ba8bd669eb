from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Site:
    """One server: the name people use, where things lie, and who runs it.

    `certificate` and `key` are the files of TLS. `live_timeout` are the seconds after which nginx gives a silent
    stream up; Sabaq beats every 15.
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

    def values(self) -> dict[str, str]:
        letsencrypt = Path("/etc/letsencrypt/live") / self.host
        values = {name: str(value) for name, value in asdict(self).items()}
        values["certificate"] = str(_or(self.certificate, letsencrypt / "fullchain.pem"))
        values["key"] = str(_or(self.key, letsencrypt / "privkey.pem"))
        values["https_suffix"] = "" if self.https_port == 443 else f":{self.https_port}"
        return values


def deployment_files(site: Site) -> Mapping[str, str]:
    """Give the text of each file by its name."""
    return {
        path.name: Template(path.read_text("utf-8")).substitute(site.values())
        for path in sorted(TEMPLATES.iterdir())
    }


def _or(path: Path, default: Path) -> Path:
    return default if path == Path() else path
