"""Addresses of the staff's pages about factors, below `/staff/`."""

from django.urls import path

from carbon.console import views
from carbon.rights import CHANGE_FACTORS
from core.menu import Place

PLACES = (Place("Factors", "staff:factors", "/staff/factors/", right=CHANGE_FACTORS),)

urlpatterns = [
    path("factors/", views.factor_list, name="factors"),
    path("factors/add/", views.factor_add, name="factor-add"),
]
