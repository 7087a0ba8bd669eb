from sabaq.kernel.errors import DomainError


class AccountExists(DomainError):
    message = "There is already an account for %(email)s."
    status = 409
