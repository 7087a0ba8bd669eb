"""Two forms: half sit A before and B after, half the other way round, balanced by country and sex."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection

from sabaq.assessment.enums import Form, Phase
from sabaq.assessment.errors import UnknownItem
from sabaq.assessment.models import Attempt
from sabaq.assessment.queries import forms_sat
from sabaq.assessment.rules import balanced_form
from sabaq.assessment.services import begin_attempt, hand_in, save_answer, save_answers
from sabaq.courses.services.packs import import_pack
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_files, sample_version

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")
A, B = Form.A, Form.B


def with_forms(*, forms=True):
    files = sample_files(items=("one", "two", "three", "four"))
    files["tests/knowledge.toml"] += b'\n[forms]\nA = ["one", "two"]\nB = ["three", "four"]\n'
    version = import_pack(files, by=None, at=NOW)
    return EditionFactory(version=version, tests=[{"key": "knowledge", "forms": forms}])


def begun(enrolment, phase=Phase.BEFORE):
    return begin_attempt(enrolment, "knowledge", phase=phase, by=BY, at=NOW)


def comer(edition, country="KZ", sex="female"):
    return EnrolmentFactory(edition=edition, person__country=country, person__sex=sex)


def test_whoever_sat_a_before_sits_b_after():
    edition = with_forms()
    first, second = comer(edition), comer(edition)

    sat = [(begun(one).form, begun(one, Phase.AFTER).form) for one in (first, second)]

    assert sat == [("A", "B"), ("B", "A")]


def test_both_forms_stay_even_in_every_country_and_sex_and_over_all():
    edition = with_forms()
    for country, sex, _ in product(("KZ", "KG", "UZ"), ("female", "male"), range(3)):
        begun(comer(edition, country, sex))

    sides = forms_sat(edition, "knowledge").values()

    for like in (lambda s: (s.country, s.sex), lambda s: s.country, lambda s: s.sex, lambda s: ""):
        count = Counter((like(side), side.first) for side in sides)
        groups = {key for key, _form in count}
        assert all(abs(count[key, A] - count[key, B]) <= 1 for key in groups), count


def test_a_latecomer_joins_the_smaller_side_and_who_sits_only_after_counts_too():
    edition = with_forms()
    begun(comer(edition))
    late = begun(comer(edition), Phase.AFTER)

    assert late.form == "A"  # of the side that sat B before
    assert balanced_form(("KZ", "female"), [(("KZ", "female"), A), (("KZ", "male"), B)]) is B
    assert balanced_form(("KZ", "female"), [(("KG", "male"), A)]) is B
    assert balanced_form(("KZ", "female"), []) is A


def test_a_sheet_takes_only_the_items_of_its_form_and_is_scored_by_them():
    attempt = begun(comer(with_forms()))

    with pytest.raises(UnknownItem):
        save_answer(attempt, "three", "b", by=BY, at=NOW)
    save_answers(attempt, {"one": "b", "two": "a"}, by=BY, at=NOW)

    done = hand_in(attempt, by=BY, at=NOW)
    assert (attempt.total, done.correct, done.total) == (2, 1, 2)


def test_without_forms_everybody_is_asked_the_same_items_before_and_after():
    enrolment = comer(with_forms(forms=False))

    assert [(begun(enrolment, phase).form, begun(enrolment, phase).total) for phase in Phase] == [
        ("", 4),
        ("", 4),
    ]


@pytest.mark.django_db(transaction=True)
def test_those_who_begin_at_once_do_not_all_join_the_same_side():
    edition = with_forms()
    comers = [comer(edition) for _ in range(8)]

    def act(enrolment):
        try:
            begun(enrolment)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, comers))

    assert Counter(Attempt.objects.values_list("form", flat=True)) == {"A": 4, "B": 4}


def test_a_course_without_forms_in_its_pack_asks_none():
    assert begun(comer(EditionFactory(version=sample_version()))).form == ""
