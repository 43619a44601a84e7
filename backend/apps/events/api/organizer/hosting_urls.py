"""Addresses of what a user serves for others."""

from django.urls import path

from apps.events.api.organizer import hosting as views

urlpatterns = [
    path("hosting/", views.HostingListView.as_view()),
    path("hosting/<uuid:event_type_id>/", views.HostingDetailView.as_view()),
]
