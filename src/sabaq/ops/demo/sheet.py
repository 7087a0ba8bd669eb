"""The page to begin with: who can sign in how, and what to click first. Printed on the terminal."""

from django.urls import reverse

from sabaq.ops.demo.steps import ADMINISTRATOR, PASSWORD


def begin_here() -> str:
    """Give the text; `{address}` stands for the server's address, known only once it runs."""
    return f"""
Staff sign in at {{address}}{reverse("account_login")} with the password {PASSWORD}
  administrator   {ADMINISTRATOR}
"""
