"""Every model of the product is in the admin, and its list opens."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

OURS = [model for model in apps.get_models() if model.__module__.startswith("apps.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_every_model_is_in_the_admin(client, db, model):
    assert admin.site.is_registered(model)
    client.force_login(get_user_model().objects.create_superuser("root@example.com", "x" * 12))
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    assert client.get(reverse(name)).status_code == 200
