from sabaq.credentials.queries.claims import Claim, claims_of
from sabaq.credentials.queries.designs import design_of
from sabaq.credentials.queries.standing import (
    certificate_numbered,
    certificates_of,
    certificates_to_print,
    latest_certificate_of,
    valid_certificate_of,
)

__all__ = [
    "Claim",
    "certificate_numbered",
    "certificates_of",
    "certificates_to_print",
    "claims_of",
    "design_of",
    "latest_certificate_of",
    "valid_certificate_of",
]
