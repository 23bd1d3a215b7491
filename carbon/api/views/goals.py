"""Endpoints of the goals."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors, services
from carbon.api.requests import GoalRequest, GoalVersion, goal_draft_of
from carbon.api.serializers import GoalSerializer
from carbon.domain.goal import GoalProgress
from core.accounts.domain import User
from core.accounts.requests import ApiRequest, who
from core.api.idempotency import idempotent
from core.api.paging import cursor_of, limit_of, listed
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body
from core.errors import NotFound
from core.idempotency import Claim
from core.ids import new_id
from core.reading import Rows

GOALS = "carbon-goals"


def _goal(user: User, goal_id: str) -> GoalProgress:
    """One goal in its present period; at most 2 requests. Raises NotFound."""
    for progress in selectors.goals_with_progress(user):
        if progress.goal.goal_id == goal_id:
            return progress
    raise NotFound("This goal")


def _goal_again(request: Request, goal_id: str) -> Any:
    user = who(request)
    assert isinstance(user, User)
    return GoalSerializer(_goal(user, goal_id)).data


class GoalsView(APIView):
    """Limits that the user set."""

    @extend_schema(responses=page_of(GoalSerializer), parameters=PAGE_PARAMETERS, tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first, each with its progress in the present period."""
        limit, cursor = limit_of(request), cursor_of(request, view=GOALS)
        start = 0 if cursor is None else int(cursor["start"])
        found = selectors.goals_with_progress(request.user)
        end = start + limit
        rows = Rows(found[start:end], {"start": end} if end < len(found) else None)
        return Response(listed(request, rows, lambda each: GoalSerializer(each).data, view=GOALS))

    @extend_schema(request=GoalRequest, responses={201: GoalSerializer}, tags=["carbon"])
    @idempotent(_goal_again)
    def post(self, request: ApiRequest, *, claim: Claim) -> Response:
        """Set a goal, in kg or in percent under a baseline."""
        fields = read_body(GoalRequest, request)
        goal_id = fields.pop("goal_id", None) or new_id()
        services.goal_add(request.user, goal_id=goal_id, draft=goal_draft_of(fields), also=claim.also(goal_id))
        return Response(GoalSerializer(_goal(request.user, goal_id)).data, status=201)


class GoalView(APIView):
    """One goal."""

    @extend_schema(responses=GoalSerializer, tags=["carbon"])
    def get(self, request: ApiRequest, goal_id: str) -> Response:
        """The goal with its progress in the present period."""
        return Response(GoalSerializer(_goal(request.user, goal_id)).data)

    @extend_schema(request=GoalVersion, responses=GoalSerializer, tags=["carbon"])
    def patch(self, request: ApiRequest, goal_id: str) -> Response:
        """Change what is given."""
        fields = read_body(GoalVersion, request)
        version = fields.pop("version", None)
        goal = selectors.goal_get(request.user.username, goal_id)
        services.goal_change(request.user, goal_id, goal_draft_of(fields, goal), version=version)
        return Response(GoalSerializer(_goal(request.user, goal_id)).data)

    @extend_schema(responses={204: None}, tags=["carbon"])
    def delete(self, request: ApiRequest, goal_id: str) -> Response:
        """Take it away."""
        services.goal_delete(request.user, goal_id)
        return Response(status=204)
