"""How typed texts are tidied. Pure."""


def one_kind_of_line_end(text: str) -> str:
    """Give the text with plain line ends, without NUL and without blanks around it."""
    # Browsers send CRLF; a line end must not count as two of a comment's characters.
    # A NUL says nothing to anybody, and PostgreSQL cannot store it.
    return text.replace("\r\n", "\n").replace("\0", "").strip()
