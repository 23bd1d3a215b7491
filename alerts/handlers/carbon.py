"""Reactions to what the carbon room tells: each event is told once, however often it comes."""

from django.urls import reverse

from alerts.domain.facts import Fact
from alerts.domain.notification import NotificationKind
from alerts.routing import route
from alerts.services import fact_notify
from alerts.wording import carbon as wording
from carbon.selectors import achievement_named, goal_get
from core.errors import NotFound
from core.events import Event


def notify_goal_over(event: Event) -> None:
    """Tell that a goal was passed; nothing is told of one that has been deleted since."""
    said = event.payload
    try:
        goal = goal_get(event.username, said["goal_id"])
    except NotFound:
        return
    fact = Fact(
        kind=NotificationKind.CARBON_GOAL,
        subject=goal.goal_id,
        title=wording.goal_title(said, goal),
        body=wording.goal_body(said, goal),
        link=wording.period_link(said["period"], goal.category),
        channels=route(NotificationKind.CARBON_GOAL),
        mail=wording.goal_mail(said, goal),
    )
    fact_notify(event, fact)


def notify_achievement_earned(event: Event) -> None:
    """Tell of an achievement, in the notification centre alone; nothing of one that the catalogue has no more."""
    try:
        achievement = achievement_named(event.payload["achievement_id"])
    except NotFound:
        return
    fact = Fact(
        kind=NotificationKind.ACHIEVEMENT,
        subject=achievement.achievement_id,
        title=wording.achievement_title(achievement),
        body=wording.achievement_body(achievement),
        link=reverse("carbon:achievements"),
        channels=route(NotificationKind.ACHIEVEMENT),
    )
    fact_notify(event, fact)
