"""Addresses of the organizer's bookings."""

from django.urls import path

from apps.events.api.organizer import audit, reassign, requests, undo
from apps.events.api.organizer import bookings as views

urlpatterns = [
    path("bookings/", views.BookingListView.as_view()),
    path("bookings/undo/", undo.BookingUndoView.as_view()),
    path("bookings/<uuid:booking_id>/", views.BookingDetailView.as_view()),
    path("bookings/<uuid:booking_id>/confirm/", requests.BookingConfirmView.as_view()),
    path("bookings/<uuid:booking_id>/reject/", requests.BookingRejectView.as_view()),
    path("bookings/<uuid:booking_id>/reassign/", reassign.BookingReassignView.as_view()),
    path("bookings/<uuid:booking_id>/cancel/", views.BookingCancelView.as_view()),
    path("bookings/<uuid:booking_id>/reschedule/", views.BookingRescheduleView.as_view()),
    path("bookings/<uuid:booking_id>/complete/", views.BookingCompleteView.as_view()),
    path("bookings/<uuid:booking_id>/no-show/", views.BookingNoShowView.as_view()),
    path("bookings/<uuid:booking_id>/regenerate-token/", views.BookingLinkView.as_view()),
    path("bookings/<uuid:booking_id>/audit/", audit.BookingAuditView.as_view()),
    path("bookings/<uuid:booking_id>/audit/verify/", audit.BookingAuditStateView.as_view()),
]
