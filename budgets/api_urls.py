"""Addresses of the endpoints of budgets, below `/api/v1/`."""

from django.urls import path

from budgets.api.views import budgets, categories, expenses, imports, receipts, reports

urlpatterns = [
    path("expenses/", expenses.ExpensesView.as_view(), name="expenses"),
    path("expenses/export/", expenses.ExpensesExportView.as_view(), name="expenses-export"),
    path("expenses/imports/", imports.ImportsView.as_view(), name="imports"),
    path("expenses/imports/<str:import_id>/", imports.ImportView.as_view(), name="import"),
    path("expenses/imports/<str:import_id>/confirm/", imports.ImportConfirmView.as_view(), name="import-confirm"),
    path("expenses/imports/<str:import_id>/rows/", imports.ImportRowsView.as_view(), name="import-rows"),
    path("expenses/<str:expense_id>/", expenses.ExpenseView.as_view(), name="expense"),
    path("expenses/<str:expense_id>/receipt/", receipts.ReceiptView.as_view(), name="receipt"),
    path("reports/", reports.ReportView.as_view(), name="report"),
    path("reports/pdf/", reports.ReportFileView.as_view(), name="report-file"),
    path("categories/", categories.CategoriesView.as_view(), name="categories"),
    path("budgets/", budgets.BudgetsView.as_view(), name="budgets"),
    path("budgets/summary/", budgets.BudgetSummaryView.as_view(), name="budgets-summary"),
    path("budgets/<path:category>/", budgets.BudgetView.as_view(), name="budget"),
]
