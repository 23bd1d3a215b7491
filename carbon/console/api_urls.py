"""Addresses of the staff's endpoints about factors, below `/api/v1/staff/`."""

from django.urls import path

from carbon.console.api import views

urlpatterns = [path("factors/", views.StaffFactorsView.as_view(), name="staff-factors")]
