"""Addresses of the first page and its neighbours."""

from django.urls import path

from core.menu import Place
from cryptopulse.overview import views

app_name = "overview"
PLACE = Place("Overview", "overview:home", "/", icon="home", key="o")

urlpatterns = [
    path("", views.home, name="home"),
    path("add/", views.add, name="add"),
    path("help/", views.help_page, name="help"),
    path("appearance/", views.appearance, name="appearance"),
    path("checklist/dismiss/", views.checklist_dismiss, name="checklist-dismiss"),
    path("sample/", views.sample_start, name="sample-start"),
    path("sample/wipe/", views.sample_wipe, name="sample-wipe"),
]
