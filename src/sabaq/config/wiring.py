"""Which adapter serves which port. One line each; nothing else in the house knows an adapter."""


def provide_all() -> None:
    """Provide every port of the apps below, and register their tasks."""
