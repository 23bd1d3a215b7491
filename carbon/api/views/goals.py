"""Endpoints of the goals."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from carbon import selectors, services
from carbon.api.requests import GoalRequest, GoalVersion, goal_draft_of
from carbon.api.serializers import GoalSerializer
from carbon.domain.goal import GoalProgress
from core.accounts.domain import User
from core.accounts.requests import ApiRequest
from core.accounts.selectors import user_get
from core.api.idempotency import New, creates
from core.api.paging import limit_of, paged
from core.api.schema import PAGE_PARAMETERS, page_of
from core.api.serializers import read_body
from core.errors import NotFound
from core.paging import cursor_of, slice_of


def _goal(user: User, goal_id: str) -> GoalProgress:
    """One goal in its present period; at most 2 requests. Raises NotFound."""
    for progress in selectors.goals_with_progress(user):
        if progress.goal.goal_id == goal_id:
            return progress
    raise NotFound("This goal")


def _goal_of(username: str, goal_id: str) -> GoalProgress:
    return _goal(user_get(username), goal_id)


class GoalsView(APIView):
    """Limits that the user set."""

    @extend_schema(responses=page_of(GoalSerializer), parameters=PAGE_PARAMETERS, tags=["carbon"])
    def get(self, request: ApiRequest) -> Response:
        """Newest first, each with its progress in the present period."""
        found = selectors.goals_with_progress(request.user)
        return paged(request, slice_of(found, limit_of(request), cursor_of(request)), GoalSerializer)

    @creates(GoalRequest, GoalSerializer, get=_goal_of, id_field="goal_id", tags=["carbon"])
    def post(self, request: ApiRequest, new: New) -> GoalProgress:
        """Set a goal, in kg or in percent under a baseline."""
        draft = goal_draft_of(new.fields)
        services.goal_add(request.user, goal_id=new.identifier, draft=draft, also=new.also)
        return _goal(request.user, new.identifier)


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
        """Delete it."""
        services.goal_delete(request.user, goal_id)
        return Response(status=204)
