"""Whether those who follow may still: asked of the database every few seconds, for all of them at once."""

from collections.abc import Collection
from datetime import datetime

from sabaq.courses.queries import who_leads
from sabaq.enrolment.queries import open_link_ids
from sabaq.web.live.tickets import Holder


def lapsed(holders: Collection[Holder], *, at: datetime) -> set[Holder]:
    """Give the holders whose link was revoked, whose enrolment was withdrawn, or who lost their role."""
    by_link = {holder.link_id for holder in holders if holder.link_id is not None}
    by_account = {holder.account_id for holder in holders if holder.account_id is not None}
    good = open_link_ids(by_link, at=at) if by_link else set()
    leads = who_leads(by_account, {holder.session_id for holder in holders}) if by_account else {}
    return {
        holder
        for holder in holders
        if (holder.link_id is not None and holder.link_id not in good)
        or (holder.account_id is not None and not _may(holder, leads))
    }


def _may(holder: Holder, leads: dict[tuple[int, int], bool]) -> bool:
    """Tell whether the account still has a role in the class, and the one that lets it hear what staff hear."""
    is_teaching = leads.get((holder.account_id or 0, holder.session_id))
    return is_teaching is not None and (is_teaching or not holder.is_staff)
