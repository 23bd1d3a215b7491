"""Addresses of the staff's pages about factors, below `/staff/`."""

from __future__ import annotations

from django.urls import path

from carbon.console import views

urlpatterns = [
    path("factors/", views.factor_list, name="factors"),
    path("factors/add/", views.factor_add, name="factor-add"),
]
