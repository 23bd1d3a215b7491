"""Addresses of the staff's endpoints about factors, below `/api/v1/staff/`."""

from django.urls import path

from carbon.console import api

urlpatterns = [path("factors/", api.StaffFactorsView.as_view(), name="staff-factors")]
