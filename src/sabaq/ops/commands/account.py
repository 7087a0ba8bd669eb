import argparse
import getpass
import sys

from sabaq.ops.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("account", help="staff accounts")
    words = parser.add_subparsers(metavar="word", required=True)
    create = words.add_parser("create", help="create a staff account")
    create.add_argument("email")
    create.add_argument("--name", default="", help="as colleagues should see it")
    create.add_argument(
        "--language", choices=["en", "ru"], default="en", help="default: %(default)s"
    )
    create.add_argument(
        "--administrator", action="store_true", help="may do everything, in every edition"
    )
    create.add_argument("--no-password", action="store_true", help="signs in by e-mailed code only")
    create.set_defaults(run=run)
    password = words.add_parser(
        "password", help="give an account a password, e.g. one that an edition file has made"
    )
    password.add_argument("email")
    password.set_defaults(run=run_password)


def run(options: argparse.Namespace) -> int:
    from sabaq.kernel import clock
    from sabaq.people.services import create_account

    email = checked_email(options.email)
    account = create_account(
        email,
        by=None,
        at=clock.now(),
        name=options.name,
        password=None if options.no_password else asked_password(email, options.name),
        administrator=options.administrator,
        language=options.language,
    )
    print(f"Created: {account.email}" + (", administrator" if account.is_administrator else ""))
    return 0


def run_password(options: argparse.Namespace) -> int:
    from sabaq.kernel import clock
    from sabaq.people.models import Account
    from sabaq.people.services import set_password

    account = Account.objects.filter(email__iexact=options.email).first()
    if account is None:
        raise SystemExit(f"sabaq: there is no account for {options.email}.")
    password = asked_password(account.email, account.name)
    set_password(account, password, by=None, at=clock.now())
    print(f"{account.email} can sign in by this password.")
    return 0


def checked_email(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(text)
    except ValidationError as error:
        raise SystemExit(f"sabaq: {text}: {' '.join(error.messages)}") from error
    return text


def asked_password(email: str, name: str) -> str:
    """Ask twice on a terminal; take one line of standard input otherwise. Weak ones are refused with the reason."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from sabaq.people.models import Account

    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise SystemExit("sabaq: the two passwords differ; nothing was changed.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, Account(email=email, name=name))
    except ValidationError as error:
        raise SystemExit(f"sabaq: {' '.join(error.messages)} Nothing was changed.") from error
    return password
