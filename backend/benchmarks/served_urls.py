"""The product's addresses and a Ninja endpoint that answers a constant: the yardstick."""

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product

yardstick = NinjaAPI(urls_namespace="yardstick", docs_url=None, openapi_url=None)


@yardstick.get("constant")
def constant(request: HttpRequest) -> dict[str, str]:
    """The cheapest answer that Ninja gives."""
    return {"status": "ok"}


urlpatterns = [path("yardstick/", yardstick.urls), *product]
