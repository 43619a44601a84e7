"""Addresses under `/api/v1/availability/`."""

from django.urls import path

from apps.availability.api.organizer.holidays import HolidayCountriesView, HolidaysView
from apps.availability.api.organizer.out_of_office import TimeOffDetailView, TimeOffListView
from apps.availability.api.organizer.travel import TravelDetailView, TravelListView
from apps.availability.api.organizer.views import ScheduleDetailView, ScheduleListView

urlpatterns = [
    path("schedules/", ScheduleListView.as_view(), name="schedule-list"),
    path("schedules/<uuid:pk>/", ScheduleDetailView.as_view(), name="schedule-detail"),
    path("out-of-office/", TimeOffListView.as_view(), name="time-off-list"),
    path("out-of-office/<uuid:pk>/", TimeOffDetailView.as_view(), name="time-off-detail"),
    path("travel/", TravelListView.as_view(), name="travel-list"),
    path("travel/<uuid:pk>/", TravelDetailView.as_view(), name="travel-detail"),
    path("holidays/", HolidaysView.as_view(), name="holidays"),
    path("holidays/countries/", HolidayCountriesView.as_view(), name="holiday-countries"),
]
