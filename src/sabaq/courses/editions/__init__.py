"""The edition file: read, checked, and turned into a plan, without touching the database.

`lines` finds the line of each key, `reading` takes typed values out of tables and remembers what was
wrong, `parsing` builds the plan, `checks` holds the rules between its parts.
"""
