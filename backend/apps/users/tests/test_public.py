"""The door for other apps."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction

from apps.users import public
from apps.users.models import User
from apps.users.tests.calls import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [
        public.register_user(
            email=f"{name}@example.com",
            password=PASSWORD,
            name=name,
            slug=name,
            timezone="Europe/Lisbon",
        )
        for name in ("anna", "bert")
    ]


def test_organizers_are_found_by_slug_with_their_version(people, django_assert_num_queries):
    version = User.objects.get(pk=people[0].pk).availability_version
    with django_assert_num_queries(1):
        assert public.find_organizer_version("anna") == (people[0].pk, version, 0)
    assert public.find_organizer_version("nobody") is None


def test_the_versions_of_others_are_summed_in_the_same_query(people, django_assert_num_queries):
    others = [people[1].pk, uuid4()]
    before = public.find_organizer_version("anna", others=others)
    assert before.of_others == User.objects.get(pk=people[1].pk).availability_version
    public.bump_availability_version(user_ids=[people[1].pk])
    with django_assert_num_queries(1):
        after = public.find_organizer_version("anna", others=others)
    assert after == before._replace(of_others=before.of_others + 1)


def test_a_closed_account_has_no_page(people):
    User.objects.filter(pk=people[0].pk).update(is_active=False)
    assert public.find_organizer_version("anna") is None


def test_people_come_in_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = public.list_people([people[0].pk, people[1].pk, uuid4()])
    assert {person.name for person in found.values()} == {"anna", "bert"}
    assert found[people[1].pk].email == "bert@example.com"


def test_locked_people_tell_their_versions(people):
    public.bump_availability_version(user_ids=[people[1].pk])
    with transaction.atomic():
        versions = public.lock_people(user.pk for user in people)
    assert versions[people[1].pk] == versions[people[0].pk] + 1
