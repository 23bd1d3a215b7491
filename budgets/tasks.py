"""Celery entries of expenses and budgets: each calls one function and is safe to run twice."""

from __future__ import annotations

from budgets.services.imports import import_work, work_imports

__all__ = ["import_work", "work_imports"]
