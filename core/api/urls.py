"""Addresses of the API that belong to no app: its description, its error codes, and whatever is not there."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from core.api.renderers import NOTHING_HERE
from core.api.views import DocsView, ErrorCodesView, ErrorCodeView, NothingHereView, RootView

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
    path("errors/", ErrorCodesView.as_view(), name="errors"),
    path("errors/<slug:code>/", ErrorCodeView.as_view(), name="error"),
    re_path(r"^.*$", NothingHereView.as_view(), name=NOTHING_HERE),
]
