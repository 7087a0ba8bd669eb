from sabaq.kernel.errors import DomainError


class NoLatinName(DomainError):
    message = "The certificate needs the name in Latin letters, as in the passport."


class CannotBePrinted(DomainError):
    message = "The certificate cannot print these signs of the name: %(signs)s"
