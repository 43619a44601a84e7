"""Two travels planned at the same moment cannot overlap either."""

import threading
from datetime import date

import pytest
from django.db import connection

from apps.availability.models import Travel
from apps.availability.services.travels import create_travel
from apps.common.errors import ValidationFailed
from tests.cast import make_host

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_one_of_eight_is_kept():
    user_id = make_host().pk
    outcomes = []
    together = threading.Barrier(8)

    def plan():
        together.wait()
        try:
            day = date(2026, 7, 1)
            create_travel(user_id=user_id, start_date=day, end_date=day, timezone="UTC")
            outcomes.append("kept")
        except ValidationFailed as refusal:
            outcomes.append(refusal.errors[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=plan) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", *["overlap"] * 7]
    assert Travel.objects.count() == 1
