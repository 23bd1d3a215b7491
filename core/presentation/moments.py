"""Times as people read them: how long ago while that is short, else day and hour in the reader's zone."""

from datetime import datetime, timedelta, tzinfo

DAY = timedelta(days=1)


def age(length: timedelta) -> str:
    """How long, in the one unit that fits: `4 s`, `12 min`, `3 h`, `5 d`. A negative length is `0 s`."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 86_400:
        return f"{seconds // 3600} h"
    return f"{seconds // 86_400} d"


def ago(at: datetime, now: datetime) -> str:
    """`just now`, `4 min ago`, `in 3 h`: the distance of a time from now."""
    distance = now - at
    if abs(distance) < timedelta(seconds=5):
        return "just now"
    return f"{age(distance)} ago" if distance > timedelta(0) else f"in {age(-distance)}"


def full(at: datetime, zone: tzinfo) -> str:
    """`20 Nov 2026, 09:30:12 CET`: exact to the second, with its zone."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M:%S %Z}"


def short(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Relative within a day, else `18 Nov, 09:30`, with the year when it is another one."""
    if abs(now - at) < DAY:
        return ago(at, now)
    local = at.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"
