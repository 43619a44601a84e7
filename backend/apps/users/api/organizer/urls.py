"""Mounted at `/api/v1/users/`."""

from django.urls import path

from apps.users.api.organizer.views import MeView

urlpatterns = [path("me/", MeView.as_view(), name="me")]
