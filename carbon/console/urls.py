"""Addresses of the staff's pages about factors, below `/staff/`."""

from __future__ import annotations

from django.urls import path

from carbon.console import views
from carbon.rights import CHANGE_FACTORS
from core.console.menu import StaffPlace

PLACES = (StaffPlace("Factors", "staff:factors", CHANGE_FACTORS, "/staff/factors/"),)

urlpatterns = [
    path("factors/", views.factor_list, name="factors"),
    path("factors/add/", views.factor_add, name="factor-add"),
]
