"""Addresses of the organizer's event types."""

from django.urls import path

from apps.events.api.organizer import event_types as views
from apps.events.api.organizer.explain import EventTypeExplainView

urlpatterns = [
    path("event-types/", views.EventTypeListView.as_view()),
    path("event-types/<uuid:pk>/", views.EventTypeDetailView.as_view()),
    path("event-types/<uuid:pk>/duplicate/", views.EventTypeDuplicateView.as_view()),
    path("event-types/<uuid:pk>/explain/", EventTypeExplainView.as_view()),
]
