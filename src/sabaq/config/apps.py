from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The composition root: provides every port when Django is ready."""

    name = "sabaq.config"
    label = "wiring"

    def ready(self) -> None:
        from sabaq.config import wiring  # noqa: PLC0415 - models must be ready first

        wiring.provide_all()
