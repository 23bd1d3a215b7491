"""Addresses of the endpoints of the carbon diary, below `/api/v1/`."""

from django.urls import path

from carbon.api.views import entries, figures, goals

urlpatterns = [
    path("carbon/entries/", entries.EntriesView.as_view(), name="carbon-entries"),
    path("carbon/entries/export/", entries.EntriesExportView.as_view(), name="carbon-entries-export"),
    path("carbon/entries/<str:entry_id>/", entries.EntryView.as_view(), name="carbon-entry"),
    path("carbon/factors/", figures.FactorsView.as_view(), name="carbon-factors"),
    path("carbon/goals/", goals.GoalsView.as_view(), name="carbon-goals"),
    path("carbon/goals/<str:goal_id>/", goals.GoalView.as_view(), name="carbon-goal"),
    path("carbon/achievements/", figures.AchievementsView.as_view(), name="carbon-achievements"),
    path("carbon/summary/", figures.SummaryView.as_view(), name="carbon-summary"),
]
