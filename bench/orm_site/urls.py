"""The sign-in, and the list page."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView
from django.db.models import QuerySet
from django.urls import path
from django.views.generic import ListView

from bench.orm_site.models import Alert


class AlertList(LoginRequiredMixin, ListView):  # type: ignore[type-arg]
    """The newest alerts of the user, 25 on a page."""

    model = Alert
    template_name = "alerts.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Alert]:
        return Alert.objects.filter(user=self.request.user).order_by("-created_at")


urlpatterns = [
    path("", AlertList.as_view()),
    path("sign-in/", LoginView.as_view(template_name="sign_in.html")),
]
