"""Whatever writes a row that hours depend on, the database raises the owner's version itself."""

import pytest
from django.db import connection

from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule, Travel
from apps.users.models import User
from tests.cast import make_host

pytestmark = pytest.mark.django_db
ROWS = [
    (Schedule, {"name": "More", "timezone": "UTC"}, {"name": "Other"}),
    (OutOfOffice, {"start_date": "2026-07-01", "end_date": "2026-07-02"}, {"note": "x"}),
    (Travel, {"start_date": "2026-07-01", "end_date": "2026-07-02", "timezone": "UTC"}, {"note": "x"}),
    (HolidayCalendar, {"country": "DE"}, {"region": "BY"}),
]  # fmt: skip


def version(user):
    return User.objects.values_list("availability_version", flat=True).get(pk=user.pk)


@pytest.mark.parametrize(("model", "values", "change"), ROWS, ids=lambda item: str(item)[:40])
class TestEveryTable:
    @pytest.fixture
    def users(self):
        return make_host("ana"), make_host("bob")

    @pytest.fixture
    def row(self, users, model, values):
        return model.objects.bulk_create([model(user=users[0], **values)])[0]

    def test_insert(self, users, model, values, change):
        before = [version(user) for user in users]
        model.objects.bulk_create([model(user=users[0], **values)])
        after = [version(user) for user in users]
        assert (after[0] > before[0], after[1]) == (True, before[1])

    def test_update(self, users, row, model, values, change):
        before = [version(user) for user in users]
        assert model.objects.filter(pk=row.pk).update(**change) == 1
        after = [version(user) for user in users]
        assert (after[0] > before[0], after[1]) == (True, before[1])

    def test_delete(self, users, row, model, values, change):
        before = [version(user) for user in users]
        with connection.cursor() as cursor:
            key = row._meta.pk
            cursor.execute(
                f"DELETE FROM {model._meta.db_table} WHERE {key.column} = %s",
                [key.get_db_prep_value(row.pk, connection)],
            )
            assert cursor.rowcount == 1
        after = [version(user) for user in users]
        assert (after[0] > before[0], after[1]) == (True, before[1])

    def test_another_owner_counts_for_both(self, users, row, model, values, change):
        before = [version(user) for user in users]
        assert model.objects.filter(pk=row.pk).update(user=users[1]) == 1
        after = [version(user) for user in users]
        assert after[0] > before[0]
        assert after[1] > before[1]


def test_a_user_goes_with_all_of_it():
    user = make_host()
    for model, values, _ in ROWS:
        model.objects.create(user=user, **values)
    user.delete()
    assert [model.objects.count() for model, *_ in ROWS] == [0] * len(ROWS)
