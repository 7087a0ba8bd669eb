"""What a browser says of itself, in a few words a host can use on the telephone."""

import re

# In this order: almost every browser also claims to be Chrome, and Chrome to be Safari.
_FAMILIES = (
    ("Edge", r"Edg(?:A|iOS)?/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Yandex", r"YaBrowser/(\d+)"),
    ("Samsung Internet", r"SamsungBrowser/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)\S* (?:Mobile/\S+ )?Safari/"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iOS", r"iPhone|iPad"),
    ("Windows", "Windows"),
    ("macOS", "Macintosh"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Give family, version and system: "Chrome 130, Android"; "" where none is known."""
    family = next(
        (
            f"{name} {found[1]}"
            for name, pattern in _FAMILIES
            if (found := re.search(pattern, user_agent))
        ),
        "",
    )
    system = next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), "")
    return ", ".join(part for part in (family, system) if part)
