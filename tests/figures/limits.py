"""What a page may cost: the figures that gate, and that `make bench` reports against."""

# Queries.
TODAY, OTHER_PARTICIPANT_PAGE, OFFICE_PAGE = 5, 12, 25
# Bytes: of a first visit (one TCP initial window), of a further page, of scripts as they are sent.
FIRST_VISIT, FURTHER_PAGE = 14 * 1024, 8 * 1024
SCRIPT, SCRIPT_OF_THE_CLASS = 5 * 1024, 12 * 1024
FOLLOWERS = 200
# A full house: what one process holds, how soon it hears (ms), what each costs (KB), how soon all are back (s).
FULL_HOUSE, HEARS_WITHIN, MEMORY_EACH, BACK_WITHIN = 1000, 100, 60, 10
# Four hours of class as text, for one participant, everything on the wire.
CLASS_OF_FOUR_HOURS = 400 * 1024
# One line of captions for whoever reads them: the event, and the last lines fetched.
LINE_OF_CAPTIONS = 2 * 1024
