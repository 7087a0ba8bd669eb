from sabaq.courses.editions.plan import Classes
from tests.courses.editions.sample import SAMPLE, plan_of, problems_of

CLASS = "\n[class]\nnamed = {}\n"


def test_an_edition_is_named_unless_its_file_says_otherwise():
    assert plan_of().classes == Classes(is_named=True)
    assert plan_of(SAMPLE + CLASS.format("false")).classes == Classes(is_named=False)


def test_named_is_true_or_false_and_nothing_else():
    (problem,) = problems_of(SAMPLE + CLASS.format('"yes"'))
    assert problem.endswith("class.named: This must be true or false.")
