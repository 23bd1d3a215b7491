"""The endpoint of receipts."""

from urllib.parse import urljoin

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets.api.requests.expenses import ReceiptRequest
from budgets.api.serializers import ReceiptLinkSerializer, ReceiptSerializer
from budgets.selectors.receipts import receipt_link
from budgets.services.receipts import receipt_attach, receipt_remove
from core.accounts.requests import ApiRequest
from core.api.serializers import read_body


class ReceiptView(APIView):
    """The receipt of an expense."""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=ReceiptLinkSerializer, tags=["expenses"])
    def get(self, request: ApiRequest, expense_id: str) -> Response:
        """A link to the file that works for an hour."""
        link = receipt_link(request.user.username, expense_id)
        url = urljoin(request.build_absolute_uri(), link.address)
        body = {"url": url, "expires_at": link.expires_at, "receipt": link.receipt}
        return Response(ReceiptLinkSerializer(body).data)

    @extend_schema(
        request={"multipart/form-data": ReceiptRequest}, responses={200: ReceiptSerializer}, tags=["expenses"]
    )
    def put(self, request: ApiRequest, expense_id: str) -> Response:
        """Attach a file, replacing any that is there; repeating it changes nothing."""
        file = read_body(ReceiptRequest, request)["file"]
        expense = receipt_attach(request.user, expense_id, file, file.name)
        return Response(ReceiptSerializer(expense.receipt).data)

    @extend_schema(responses={204: None}, tags=["expenses"])
    def delete(self, request: ApiRequest, expense_id: str) -> Response:
        """Remove it; on the pages that can be undone for 30 days."""
        receipt_remove(request.user, expense_id)
        return Response(status=204)
