from sabaq.enrolment.services.letters import SEND
from sabaq.enrolment.services.letters import send_letter as send
from sabaq.kernel import clock
from sabaq.kernel.tasks import named


@named(SEND)
def send_letter(letter_id: str) -> None:
    """Send one queued letter by e-mail, or leave it to be handed over."""
    send(int(letter_id), at=clock.now())
