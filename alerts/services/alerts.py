"""Setting, changing and pausing alerts.

Each is one transaction: the alert, and with it the count of armed levels on the row of its series, under the condition
that the series is still where the alert was judged.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from alerts.channels import in_order
from alerts.domain.alert import SUBSCRIBER, Alert, Fired
from alerts.domain.terms import AlertDraft, Terms
from alerts.repositories import alerts as alert_rows
from alerts.selectors import alert_get
from alerts.services.deliveries import nudge
from alerts.services.notifications import announce_firing, firing_writes
from alerts.services.snapshot import snapshot_of
from alerts.usage import quota_failure
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import Refused
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey
from market.triggers.crossing import Phase
from market.triggers.repository import counts_changes


def alert_create(user: User, *, alert_id: str, draft: AlertDraft, also: Sequence[Write] = ()) -> Alert:
    """Set an alert, in one read and one write.

    It starts armed, or, where its condition is met already, waiting; or it fires at once if the terms ask for that.
    Not enabled, it starts paused.
    A repeated alert_id with the same draft returns the stored alert. Raises InvalidInput; Refused with alert_quota,
    no_price or idempotency_mismatch; NotFound where the account is closed; StoreUnavailable.
    """
    ids.check_id(alert_id, "alert_id")
    draft = draft.normal(in_order(draft.terms.channels))
    with journey("alert_create"):
        fired = optimistic(lambda: _create(user.username, alert_id, draft, also))
    return _announced(fired)


def alert_change(
    user: User, alert_id: str, *, terms: Terms | None = None, enabled: bool | None = None, seen: str | None = None
) -> Alert:
    """Change what is given; what is None stays.

    seen: the `terms_version` of the alert that the terms were made from. Terms that other prices fire start again from
    where the series is now, as does an alert that is enabled again or was done. Raises NotFound, InvalidInput, and
    Refused with alert_expired, no_price or changed_meanwhile.
    """
    if terms is not None:
        terms = terms.normal(in_order(terms.channels))
        terms.check(clock.now())
    with journey("alert_change"):
        fired = optimistic(lambda: _change(user.username, alert_id, terms, enabled, seen))
    return _announced(fired)


def alert_pause(user: User, alert_id: str) -> Alert:
    """Let prices pass it by until it is resumed. Raises NotFound."""
    return alert_change(user, alert_id, enabled=False)


def alert_resume(user: User, alert_id: str) -> Alert:
    """Have it watch again, one that is done too. Raises NotFound, and Refused with alert_expired."""
    return alert_change(user, alert_id, enabled=True)


def _create(username: str, alert_id: str, draft: AlertDraft, also: Sequence[Write]) -> Fired:
    now, digest = clock.now(), draft.digest()
    snapshot = snapshot_of(draft.asset_id, alert_rows.alert_address(username, alert_id))
    if snapshot.stored is not None:
        check_same(alert_id=(digest, snapshot.stored.digest))
        return Fired(snapshot.stored)
    ids.check_fresh(alert_id, "alert_id")
    draft.check(now)
    alert = Alert(
        username=username,
        alert_id=alert_id,
        asset_id=draft.asset_id,
        ticker=snapshot.baseline.asset.symbol,
        asset_name=snapshot.baseline.asset.name,
        terms=draft.terms,
        created_at=now,
        updated_at=now,
        digest=digest,
        is_paused=not draft.is_enabled,
    )
    fired, armed = Fired(alert), list[Write]()
    if draft.is_enabled:
        fired = snapshot.begin(alert, now, fire_if_true=draft.terms.fire_if_true)
        armed = [snapshot.arm(None, fired.alert), *firing_writes(fired)]
    counted = alert_rows.count_more(username, settings.ALERTS_PER_USER)
    writes = [alert_rows.alert_insert(fired.alert), counted, open_check(username), *armed]
    commit(writes, also, failures=quota_failure())
    return Fired(alert_rows.stored(fired.alert), fired.entry)


def _change(username: str, alert_id: str, terms: Terms | None, enabled: bool | None, seen: str | None) -> Fired:
    now = clock.now()
    alert = alert_get(username, alert_id)
    terms = terms or alert.terms
    if terms != alert.terms:
        check_unchanged(seen, alert.terms_version, "This alert")
    is_done = alert.phase is Phase.DONE
    is_paused = alert.is_paused if enabled is None or (is_done and not enabled) else not enabled
    is_judged_otherwise = not terms.judged_like(alert.terms)
    begins = not is_paused and (is_judged_otherwise or alert.is_paused or (is_done and enabled is True))
    if terms == alert.terms and is_paused == alert.is_paused and not begins:
        return Fired(alert)
    changed = replace(alert, terms=terms, is_paused=is_paused, updated_at=now)
    if not begins:
        moved = counts_changes(alert.asset_id, SUBSCRIBER, (alert.partition, changed.partition))
        commit([alert_rows.alert_put(changed), *moved])
        return Fired(alert_rows.stored(changed))
    if terms.expires_at is not None and terms.expires_at <= now:
        raise Refused("alert_expired", "This alert has expired. Edit it and choose a later time, or none.")
    snapshot = snapshot_of(alert.asset_id)
    fired = snapshot.begin(changed, now, fire_if_true=terms.fire_if_true and is_judged_otherwise)
    armed = snapshot.arm(alert.partition, fired.alert)
    commit([alert_rows.alert_put(fired.alert), armed, *firing_writes(fired)])
    return Fired(alert_rows.stored(fired.alert), fired.entry)


def _announced(fired: Fired) -> Alert:
    if fired.entry is not None:
        announce_firing(fired)
        nudge()
    return fired.alert
