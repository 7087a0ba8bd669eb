"""Every verb and the play that kills the server right after it; and the few that need no kill, with the reason.

A verb is a URL that takes a POST, by its name (`tests/doors/table.py`), with the act or step it was asked for
where one URL has several; or a `sabaq` command. `test_every_verb.py` fails on a verb without a line here, and
each play fails unless it killed the server after exactly the verbs listed under its name.

How to add yours: perform it in the play it fits (`test_<play>.py`) through `fragile.submit` or
`fragile.post`, look after the restart that its effect and its task are there, and list it under that play.
"""

PLAYS = {
    "nominating": (
        "office:nominate",
        "office:nominate_file",
        "office:nomination",
        "office:nomination_withdraw",
        "office:decide reserve",
        "office:decide decline",
        "office:decide confirm",
        "office:participant_withdraw",
    ),
    "letters": (
        "office:decide confirm",
        "office:link_reissue",
        "office:letters_handed_over",
        "office:letter_send",
        "office:link_revoke",
        "public:link",
        "public:code",
    ),
    "learning": (
        "learner:welcome profile",
        "learner:welcome notice",
        "learner:welcome consents",
        "learner:me profile",
        "learner:me consents",
        "learner:lesson_page",
        "learner:lesson",
        "learner:answer",
        "learner:test",
        "learner:hand_in",
        "learner:survey",
        "learner:commitment",
    ),
    "classes": (
        "trainer:begin",
        "trainer:show_slide",
        "trainer:open_poll",
        "classroom:vote",
        "trainer:close_poll",
        "trainer:show_results",
        "trainer:write_poll",
        "classroom:translate_poll",
        "trainer:remove_word",
        "trainer:discard_poll",
        "trainer:end",
        "office:certificates_issue",
        "office:certificate_withdraw",
        "office:article_draft",
        "office:article",
    ),
    "roles": (
        "office:session_move",
        "office:latecomers",
        "office:latecomer_link",
        "office:latecomers_decide confirm",
        "office:latecomers_decide decline",
        "office:guest_issue",
        "office:guest_reissue",
        "office:guest_revoke",
    ),
    "questions": (
        "classroom:ask",
        "trainer:question release",
        "classroom:support",
        "classroom:translate_question",
        "trainer:question answer",
        "trainer:question reopen",
        "trainer:question merge",
        "classroom:take_back",
        "trainer:question remove",
    ),
    "accounts": (
        "account create",
        "account password",
        "edition load",
        "pack import",
        "account_login",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_set_password",
        "account_change_password",
        "account_logout",
        "public:leave",
    ),
}

NO_KILL = {
    "public:set_language": "keeps the choice in a cookie of this browser; the server keeps nothing",
    "account_reauthenticate": "renews a stamp in the session that no page of ours asks for",
    "demo": "its first line is said when it begins, and what a kill left undone the next start does: "
    "tests/ops/test_demo.py",
    "doctor": "changes nothing",
    "pack check": "changes nothing",
    "pack export": "writes a folder that the reader asked for, and no data of the server",
    "prepare": "what a kill left undone the next start does, as every start prepares",
    "rehearse": "plays on a server of its own, which it removes",
    "serve": "is what is killed",
}
