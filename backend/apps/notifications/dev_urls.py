"""`/dev/mail/`: included only where the settings show the mail folder."""

from django.urls import path

from apps.notifications import dev_views

urlpatterns = [
    path("", dev_views.mail_list, name="dev-mail"),
    path("<str:name>/", dev_views.mail_detail, name="dev-mail-detail"),
    path("<str:name>/html/", dev_views.mail_html, name="dev-mail-html"),
    path("<str:name>/invite.ics", dev_views.mail_calendar, name="dev-mail-calendar"),
    path("<str:name>/raw/", dev_views.mail_raw, name="dev-mail-raw"),
]
