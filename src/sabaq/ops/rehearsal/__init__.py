"""A whole edition, played from outside through HTTP alone, and judged by a ledger of its own.

Nothing in here imports anything of `sabaq` beside itself (a contract of import-linter): what the server
reports is compared with what an independent witness has written down.
"""
