"""Every address of the product; public slugs come last, so nothing may be named like a path here.

Ninja's routes stand before DRF's; `apps/users/slugs.py` reserves the first segments.
"""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django_prometheus.exports import ExportToDjangoView

from apps.common import views
from config.openapi import openapi_docs, openapi_document
from config.public_api import public_api

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", ExportToDjangoView, name="metrics"),
    path("problems/<slug:name>", views.problem_type, name="problem-type"),
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/openapi.json", openapi_document, name="openapi"),
    path("api/docs/", openapi_docs, name="api-docs"),
    path("api/v1/", public_api.urls),
    path("api/v1/users/", include("apps.users.api.organizer.urls")),
    path("api/v1/availability/", include("apps.availability.api.organizer.urls")),
    path("api/v1/events/", include("apps.events.api.organizer.urls")),
    re_path(r"^api(?:/(?P<path>.*))?$", views.api_not_found),
]
if settings.SHOW_MAIL_FOLDER:
    urlpatterns.append(path("dev/mail/", include("apps.notifications.dev_urls")))
urlpatterns += [
    path("", include("apps.users.dashboard_urls")),
    path("", include("apps.events.pages.urls")),
]
handler404 = "apps.events.pages.errors.not_found"
handler500 = "apps.events.pages.errors.server_error"
