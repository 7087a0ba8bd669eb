"""What is done to articles, one verb a function; a module a topic."""

from sabaq.newsroom.services.approvals import ask_for_donor, give_step, record_donor_approval
from sabaq.newsroom.services.photos import remove_photo, replace_photo
from sabaq.newsroom.services.publishing import publish_article, withdraw_article
from sabaq.newsroom.services.quotes import (
    approve_quote,
    remove_quote,
    save_quote,
    take_back_approval,
)
from sabaq.newsroom.services.writing import draft_article, edit_article

__all__ = [
    "approve_quote",
    "ask_for_donor",
    "draft_article",
    "edit_article",
    "give_step",
    "publish_article",
    "record_donor_approval",
    "remove_photo",
    "remove_quote",
    "replace_photo",
    "save_quote",
    "take_back_approval",
    "withdraw_article",
]
