"""Addresses of the pages of budgets, below `/budgets/`."""

from django.urls import path

from budgets.views import alert_channels, budgets, categories, deleted, expenses, imports, receipts, reports
from core.menu import Place

app_name = "budgets"
PLACE = Place("Budgets", "budgets:home", "/budgets/", icon="bars-3-bottom-left", key="b")

urlpatterns = [
    path("", budgets.home, name="home"),
    path("budget/", budgets.budget, name="budget"),
    path("budget/remove/", budgets.budget_remove, name="budget-remove"),
    path("budget/undo/", budgets.budget_undo, name="budget-undo"),
    path("categories/", categories.category_list, name="categories"),
    path("categories/remove/", categories.category_remove, name="category-remove"),
    path("categories/undo/", categories.category_undo, name="category-undo"),
    path("alerts/", alert_channels.alert_channels, name="alert-channels"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/add/", imports.import_add, name="import-add"),
    path("imports/<str:import_id>/", imports.import_detail, name="import"),
    path("imports/<str:import_id>/columns/", imports.import_columns, name="import-columns"),
    path("imports/<str:import_id>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<str:import_id>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<str:import_id>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<str:import_id>/resume/", imports.import_resume, name="import-resume"),
    path("imports/<str:import_id>/undo/", imports.import_undo, name="import-undo"),
    path("expenses/", expenses.expense_list, name="expenses"),
    path("expenses/add/", expenses.expense_add, name="expense-add"),
    path("expenses/deleted/", deleted.EXPENSES.list_deleted, name="expenses-deleted"),
    path("expenses/deleted/<str:entry>/restore/", deleted.EXPENSES.restore_one, name="expense-restore"),
    path("expenses/<str:expense_id>/", expenses.expense_detail, name="expense"),
    path("expenses/<str:expense_id>/edit/", expenses.expense_edit, name="expense-edit"),
    path("expenses/<str:expense_id>/receipt/", receipts.receipt, name="receipt"),
    path("expenses/<str:expense_id>/receipt/remove/", receipts.remove, name="receipt-remove"),
    path("expenses/<str:expense_id>/receipt/restore/<str:file_name>/", receipts.restore, name="receipt-restore"),
    path("reports/", reports.report_page, name="reports"),
    path("reports/pdf/", reports.report_file, name="report-file"),
    path("reports/<str:month>/", reports.report_month, name="report-month"),
    path("receipts/<str:token>/", receipts.receipt_file, name="receipt-file"),
    path("expenses/<str:expense_id>/delete/", deleted.EXPENSES.delete_one, name="expense-delete"),
]
