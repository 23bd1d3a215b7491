"""The stamp of a store decides who opens it; steps bring older rows to the present layout, whatever stops them."""

import io
import logging

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from core import heartbeat, layout, wiring
from core.layout import LayoutRefused, Stamp
from core.storage import Store, Throttled, measured, using
from core.tables import SITE, THROTTLE
from cryptopulse import start_up
from tests.alerts.disturbances import Disturbed
from tests.platform.events import Killed

STAMP = {"name": "layout"}
RAN: list[str] = []
STOPPED: list[str] = []
"""Steps that are killed when they run."""


def first_step() -> None:
    _run("first")


def second_step() -> None:
    _run("second")


def third_step() -> None:
    _run("third")


def _run(name: str) -> None:
    if name in STOPPED:
        raise Killed
    RAN.append(name)


def older(store: Store) -> None:
    """Make the store one that was filled before there was a stamp."""
    store.delete(SITE, STAMP)
    store.put(THROTTLE, {"name": "something"})


def stamped(store: Store, number: int, oldest: int) -> None:
    store.put(SITE, {**STAMP, "layout": number, "oldest": oldest})


def numbers(store: Store) -> tuple[int, int] | None:
    """The two numbers of the stamp; None where there is none."""
    row = store.get(SITE, STAMP)
    return None if row is None else (int(row["layout"]), int(row["oldest"]))


@pytest.fixture(autouse=True)
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """This release has layout 3, which releases of layout 2 may open."""
    RAN.clear()
    STOPPED.clear()
    named = ((2, "first_step"), (2, "second_step"), (3, "third_step"))
    monkeypatch.setattr(wiring, "layout", lambda: (3, 2))
    monkeypatch.setattr(wiring, "upgrades", lambda: tuple((to, f"{__name__}.{name}") for to, name in named))


@pytest.mark.parametrize(
    ("stamp", "opens"),
    [
        (None, False),
        (Stamp(1, 1), False),
        (Stamp(2, 1), False),
        (Stamp(3, 2), True),
        (Stamp(3, 3), True),
        (Stamp(4, 3), True),
        (Stamp(9, 1), True),
        (Stamp(4, 4), False),
        (Stamp(9, 5), False),
    ],
)
def test_a_release_opens_its_own_layout_and_newer_ones_that_say_so(stamp: Stamp | None, opens: bool) -> None:
    assert (layout.refusal(stamp) == "") is opens


def test_an_older_layout_is_opened_where_no_step_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "upgrades", lambda: ((2, f"{__name__}.first_step"),))

    assert layout.refusal(Stamp(2, 1)) == ""
    assert layout.refusal(Stamp(1, 1)) != ""


def test_a_refusal_says_what_to_do(settings: Settings) -> None:
    assert "backup" in layout.refusal(Stamp(9, 9))
    assert "manage.py prepare" in layout.refusal(None)
    settings.DATASTORE_URL = "dynamodb://eu-central-1"
    assert "manage.py upgradetables" in layout.refusal(None)


@pytest.mark.every_backend
class TestOnEveryStore:
    def test_an_older_store_is_upgraded_by_each_step_in_order_and_then_stamped(self, store: Store) -> None:
        older(store)
        sentences: list[str] = []

        layout.upgrade(sentences.append)

        assert RAN == ["first", "second", "third"]
        assert numbers(store) == (3, 2)
        assert len(sentences) == 4
        assert all(f"{name}_step" in sentence for name, sentence in zip(RAN, sentences, strict=False))

    def test_only_the_steps_that_are_missing_run_and_none_runs_twice(self, store: Store) -> None:
        stamped(store, 2, 1)
        layout.upgrade(lambda sentence: None)
        layout.upgrade(lambda sentence: None)

        assert RAN == ["third"]

    def test_a_run_that_was_killed_is_repeated_from_its_first_step(self, store: Store) -> None:
        older(store)
        STOPPED.append("second")
        with pytest.raises(Killed):
            layout.upgrade(lambda sentence: None)
        assert numbers(store) is None
        assert layout.refusal(layout.stored()) != ""

        STOPPED.clear()
        layout.upgrade(lambda sentence: None)

        assert RAN == ["first", "first", "second", "third"]
        assert numbers(store) == (3, 2)

    def test_a_new_store_gets_the_present_stamp_without_a_step(self, store: Store) -> None:
        store.delete(SITE, STAMP)

        layout.upgrade(lambda sentence: None)

        assert (RAN, numbers(store)) == ([], (3, 2))

    def test_a_newer_store_that_may_be_opened_keeps_its_stamp(self, store: Store) -> None:
        stamped(store, 4, 3)

        layout.upgrade(lambda sentence: None)

        assert (RAN, numbers(store)) == ([], (4, 3))

    def test_a_newer_store_is_refused_and_stays_as_it_is(self, store: Store) -> None:
        stamped(store, 9, 4)

        with pytest.raises(LayoutRefused, match="layout 9"):
            layout.upgrade(lambda sentence: None)

        assert (RAN, numbers(store)) == ([], (9, 4))

    def test_of_two_that_upgrade_at_once_the_slower_finds_it_done(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older(store)
        monkeypatch.setattr(wiring, "upgrades", lambda: ((3, f"{__name__}.while_another_is_faster"),))

        layout.upgrade(lambda sentence: None)

        assert numbers(store) == (3, 2)

    def test_the_check_is_one_request(self, store: Store) -> None:
        stamped(store, 3, 2)
        with measured() as usage:
            layout.require_open()
        assert usage.requests == 1

    def test_a_row_that_no_release_wrote_is_refused_in_words(self, store: Store) -> None:
        store.put(SITE, {**STAMP, "layout": 2})
        with pytest.raises(LayoutRefused, match="cannot be read"):
            layout.require_open()
        stamped(store, 3, 4)
        with pytest.raises(LayoutRefused, match="cannot be read"):
            layout.require_open()

    def test_a_missing_table_is_refused_in_words(self, store: Store) -> None:
        store.drop(SITE)
        with pytest.raises(LayoutRefused, match="first"):
            layout.require_open()
        store.create_tables([SITE])


def while_another_is_faster() -> None:
    layout.upgrades._write(None)


class TestPrepare:
    """In tests the address of the store is that of an embedded one."""

    def test_an_older_store_is_upgraded_before_the_apps_start(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older(store)
        monkeypatch.setattr(wiring, "listed", lambda name: (third_step,) if name == "START_UPS" else ())

        start_up.prepare(lambda sentence: None)

        assert RAN == ["first", "second", "third", "third"]

    def test_a_server_is_never_upgraded_by_itself(self, store: Store, settings: Settings) -> None:
        settings.DATASTORE_URL = "dynamodb://eu-central-1"
        older(store)

        with pytest.raises(LayoutRefused, match="upgradetables"):
            start_up.prepare()

        assert (RAN, numbers(store)) == ([], None)

    def test_a_process_that_runs_apart_refuses_an_older_store(self, store: Store, settings: Settings) -> None:
        settings.DATASTORE_URL = "dynamodb://eu-central-1"
        older(store)
        with pytest.raises(LayoutRefused, match="upgradetables"):
            start_up.refuse_layout()

    def test_a_process_that_runs_apart_starts_without_its_store(
        self, store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.DATASTORE_URL = "dynamodb://eu-central-1"
        settings.STORE_RETRY_SECONDS = 0

        def fail() -> None:
            raise Throttled

        with using(Disturbed(store, fail)), caplog.at_level(logging.WARNING):
            start_up.refuse_layout()
        assert "layout" in caplog.text


class TestCommands:
    def test_upgradetables_says_what_it_does(self, store: Store) -> None:
        older(store)
        assert len(said("upgradetables").splitlines()) == 5
        assert said("upgradetables").splitlines() == ["The store has layout 3."]
        assert RAN == ["first", "second", "third"]

    def test_upgradetables_repeats_the_steps_of_the_present_layout(self, store: Store) -> None:
        stamped(store, 3, 2)
        said("upgradetables", "--repeat")
        assert RAN == ["third"]

    def test_upgradetables_waits_for_a_site_that_runs(self, store: Store) -> None:
        older(store)
        heartbeat.write(schedule_at=None)
        with pytest.raises(CommandError, match="stop the site"):
            said("upgradetables")
        assert RAN == []

    def test_createtables_stamps_a_new_store_and_no_other(self, store: Store) -> None:
        store.delete(SITE, STAMP)
        said("createtables")
        assert numbers(store) == (3, 2)

        older(store)
        assert "layout 1" in said("createtables")
        assert numbers(store) is None

    def test_a_check_fails_where_the_site_would_refuse(self, store: Store) -> None:
        older(store)
        with pytest.raises(CommandError, match="layout 1"):
            said("createtables", "--check")
        stamped(store, 3, 2)
        assert "as declared" in said("createtables", "--check")
        stamped(store, 5, 4)
        with pytest.raises(CommandError, match="layout 5"):
            said("createtables", "--check")


def said(*command: str) -> str:
    printed = io.StringIO()
    call_command(*command, stdout=printed)
    return printed.getvalue()


def test_the_steps_of_the_product_are_in_the_order_of_layouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    number, oldest = wiring.layout()
    layouts = [step for step, _ in wiring.upgrades()]

    assert layouts == sorted(layouts)
    assert min(layouts) >= 2
    assert max(layouts) <= number
    assert 1 <= oldest <= number
