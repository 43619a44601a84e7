"""Addresses of the organizer's waitlists."""

from django.urls import path

from apps.events.api.organizer import waitlist as views

urlpatterns = [
    path("waitlist/", views.WaitlistView.as_view()),
    path("waitlist/figures/", views.WaitlistFiguresView.as_view()),
    path("waitlist/<uuid:entry_id>/notify/", views.WaitlistNotifyView.as_view()),
    path("waitlist/<uuid:entry_id>/remove/", views.WaitlistRemoveView.as_view()),
]
