"""Addresses of the pages of the carbon diary, below `/carbon/`."""

from django.urls import path

from carbon.views import deleted, entries, factors, figures, goals
from core.menu import Place

app_name = "carbon"
PLACE = Place("Carbon", "carbon:home", "/carbon/", icon="leaf", key="c")

urlpatterns = [
    path("", figures.home, name="home"),
    path("entries/", entries.entry_list, name="entries"),
    path("entries/add/", entries.entry_add, name="entry-add"),
    path("entries/deleted/", deleted.ENTRIES.list_deleted, name="entries-deleted"),
    path("entries/deleted/<str:entry>/restore/", deleted.ENTRIES.restore_one, name="entry-restore"),
    path("entries/<str:entry_id>/", entries.entry_detail, name="entry"),
    path("entries/<str:entry_id>/edit/", entries.entry_edit, name="entry-edit"),
    path("entries/<str:entry_id>/delete/", deleted.ENTRIES.delete_one, name="entry-delete"),
    path("entries/<str:expense_id>/measure/", entries.measure, name="measure"),
    path("expenses/<str:expense_id>/", entries.expense, name="expense"),
    path("goals/", goals.goal_list, name="goals"),
    path("goals/add/", goals.goal_add, name="goal-add"),
    path("goals/deleted/", deleted.GOALS.list_deleted, name="goals-deleted"),
    path("goals/deleted/<str:entry>/restore/", deleted.GOALS.restore_one, name="goal-restore"),
    path("goals/<str:goal_id>/edit/", goals.goal_edit, name="goal-edit"),
    path("goals/<str:goal_id>/delete/", deleted.GOALS.delete_one, name="goal-delete"),
    path("achievements/", figures.achievements, name="achievements"),
    path("factors/", factors.factor_list, name="factors"),
    path("factors/<slug:activity>/", factors.activity, name="activity"),
    path("analytics/", figures.analytics, name="analytics"),
]
