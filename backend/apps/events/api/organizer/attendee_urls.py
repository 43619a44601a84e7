"""Addresses of the attendees of a group session."""

from django.urls import path

from apps.events.api.organizer import attendees as views

_ONE = "bookings/<uuid:booking_id>/attendees/<uuid:attendee_id>"

urlpatterns = [
    path("bookings/<uuid:booking_id>/attendees/add/", views.AttendeeAddView.as_view()),
    path(f"{_ONE}/remove/", views.AttendeeRemoveView.as_view()),
    path(f"{_ONE}/no-show/", views.AttendeeNoShowView.as_view()),
    path(f"{_ONE}/showed/", views.AttendeeShowedView.as_view()),
    path(f"{_ONE}/move/", views.AttendeeMoveView.as_view()),
]
