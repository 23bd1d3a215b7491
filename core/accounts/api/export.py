"""The endpoint of the export of everything."""

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from core.accounts import export
from core.accounts.requests import ApiRequest
from core.api import patterns
from core.api.exports import FileView
from core.api.refusals import RULE
from core.downloads import download
from core.errors import InvalidInput
from core.storage import CursorRefused

RESUME = "resume"


class ExportView(FileView):
    """Everything that is kept about the user."""

    @extend_schema(
        operation_id="auth_me_export_retrieve",
        parameters=[
            OpenApiParameter(
                RESUME,
                {
                    "type": "string",
                    "pattern": patterns.text(patterns.NUL, allow_blank=True),
                    RULE: "The `resume` of the last such line that arrived, of the same account.",
                },
                description="The answer is what follows that line.",
            )
        ],
        responses={
            (200, export.MEDIA_TYPE): OpenApiResponse(
                OpenApiTypes.STR,
                description=(
                    "A line of JSON each: first `format`, `version`, `username` and `exported_at`, unless resumed; "
                    "`table` and `row` for each row; `resume` at intervals; last `totals` by table, `rows` and "
                    "`sha256`. A file without that last line is incomplete. Files of receipts are not in it."
                ),
            )
        },
        tags=["auth"],
    )
    def get(self, request: ApiRequest) -> StreamingHttpResponse:
        """All rows of all tables, secrets aside, sent while they are read."""
        user = request.user
        text = request.query_params.get(RESUME)
        try:
            place = None if text is None else export.place_of(user, text)
        except CursorRefused as error:
            sentence = "This is broken, or of another account. Start the export again without it."
            raise InvalidInput({RESUME: [sentence]}) from error
        return download(request._request, export.file_name(user), export.MEDIA_TYPE, export.lines(user, place))
