"""Addresses under `/api/v1/availability/`."""

from django.urls import path

from apps.availability.api.organizer.views import ScheduleDetailView, ScheduleListView

urlpatterns = [
    path("schedules/", ScheduleListView.as_view(), name="schedule-list"),
    path("schedules/<uuid:pk>/", ScheduleDetailView.as_view(), name="schedule-detail"),
]
