"""How many must have answered before anything of their answers is shown to anybody."""

# Scores and feedback of fewer respondents are shown to nobody, not even in the office: among so few,
# whoever knows some of the answers knows the others. (Head counts have a threshold of their own.)
FEW_ANSWERS = 10
