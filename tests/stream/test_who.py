"""Who may connect, and for how long."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from websockets.exceptions import InvalidStatus

from alerts.services import announce
from core.accounts.domain import User
from core.accounts.repositories.sessions import session_delete
from core.accounts.selectors import api_keys_of
from core.accounts.services import account_close, api_key_revoke, password_change, status_set
from core.ids import new_id
from core.storage import store
from tests.builders import PASSWORD, a_user, an_api_key, signed_in
from tests.stream.clients import Server, cookie_of

SIGNED_OUT = (4401, "This sign-in or key has ended.")


def refusal(server: Server, **options: Any) -> tuple[int, str]:
    """Status and code with which a handshake is refused."""
    with pytest.raises(InvalidStatus) as refused, server.connected(**options):
        pass
    problem = json.loads(refused.value.response.body or b"")
    assert problem["status"] == refused.value.response.status_code
    return problem["status"], problem["code"]


class TestEvents:
    def test_reach_the_pages_and_the_programs_of_their_user_alone(self, layer: str, server: Server) -> None:
        alice, bob = a_user("alice"), a_user("bob")
        with server.page_of(alice) as page, server.program_of(alice) as program, server.page_of(bob) as of_bob:
            first, second = new_id(), new_id()
            announce("alice", first)
            assert page.hear() == program.hear() == {"type": "event", "n": first}
            announce("bob", second)
            assert of_bob.hear() == {"type": "event", "n": second}

    def test_never_reach_a_visitor(self, layer: str, server: Server) -> None:
        alice = a_user("alice")
        with server.connected(origin=server.origin) as visitor, server.page_of(alice) as page:
            announce("alice", new_id())
            assert page.hear()["type"] == "event"
            assert visitor.watch("bitcoin") == {"type": "watching", "assets": [], "unknown": ["bitcoin"]}

    def test_of_many_at_once_the_latest_is_sent(self, layer: str, server: Server) -> None:
        ids = [new_id() for _ in range(2000)]
        with server.page_of(a_user("alice")) as page:
            for notification_id in ids:
                announce("alice", notification_id)
            heard = [page.hear()["n"]]
            while heard[-1] != ids[-1]:
                heard.append(page.hear()["n"])
        assert heard == sorted(heard)
        assert len(heard) < len(ids) / 2


class TestOrigin:
    def test_of_another_site_is_refused(self, server: Server) -> None:
        headers = cookie_of(signed_in(a_user()))
        assert refusal(server, origin="https://evil.example", headers=headers) == (403, "origin_refused")
        assert refusal(server, origin="https://evil.example") == (403, "origin_refused")
        assert refusal(server, origin="null", headers=headers) == (403, "origin_refused")

    def test_of_a_host_that_is_not_ours_is_refused(self, server: Server) -> None:
        headers = {"Host": "evil.example"}
        assert refusal(server, origin="http://evil.example", headers=headers) == (403, "origin_refused")

    @pytest.mark.parametrize(
        ("option", "value"),
        [
            ("PUBLIC_URL", "https://pulse.example.com"),
            ("CSRF_TRUSTED_ORIGINS", ["https://pulse.example.com"]),
            ("CSRF_TRUSTED_ORIGINS", ["https://*.example.com"]),
        ],
    )
    def test_of_the_public_address_and_of_trusted_ones_is_ours(
        self, server: Server, settings: Settings, option: str, value: Any
    ) -> None:
        setattr(settings, option, value)
        alice = a_user()
        with server.connected(origin="https://pulse.example.com", headers=cookie_of(signed_in(alice))) as page:
            announce("alice", new_id())
            assert page.hear()["type"] == "event"

    def test_is_needed_for_a_cookie(self, server: Server) -> None:
        with server.connected(headers=cookie_of(signed_in(a_user()))) as visitor, server.page_of(a_user("bob")) as page:
            announce("alice", new_id())
            announce("bob", new_id())
            assert page.hear()["type"] == "event"
            assert visitor.watch()["type"] == "watching"


class TestKey:
    def test_that_is_unknown_is_refused(self, server: Server) -> None:
        assert refusal(server, headers={"Authorization": "Bearer cp_nothing"}) == (401, "key_refused")
        assert refusal(server, headers={"Authorization": "Bearer"}) == (401, "key_refused")

    def test_of_a_suspended_account_is_refused(self, server: Server) -> None:
        key = an_api_key(a_user())
        status_set("alice", "suspended")
        assert refusal(server, headers={"Authorization": f"Bearer {key}"}) == (403, "account_suspended")


class TestEnd:
    """A connection ends with the sign-in or key that opened it, at once where this is announced."""

    def test_of_a_session_that_is_signed_out(self, server: Server) -> None:
        alice = a_user()
        here, elsewhere = signed_in(alice), signed_in(alice)
        with server.page_in(here) as page, server.page_in(elsewhere) as other:
            here.post("/sign-out/")
            assert page.ending() == SIGNED_OUT
            announce("alice", new_id())
            assert other.hear()["type"] == "event"

    def test_of_a_key_that_is_revoked(self, server: Server) -> None:
        alice = a_user()
        with server.program_of(alice) as program:
            [key] = api_keys_of("alice").items
            api_key_revoke("alice", key.key_id)
            assert program.ending() == SIGNED_OUT

    @pytest.mark.parametrize(
        "stop",
        [
            lambda alice: status_set("alice", "suspended"),
            account_close,
            lambda alice: password_change(alice, current=PASSWORD, new="another-long-passphrase"),
        ],
        ids=["suspended", "closed", "new password"],
    )
    def test_of_all_pages_of_a_stopped_account(
        self, layer: str, server: Server, stop: Callable[[User], object]
    ) -> None:
        alice = a_user()
        with server.page_of(alice) as page, server.page_of(alice) as other, server.page_of(a_user("bob")) as of_bob:
            stop(alice)
            assert page.ending() == other.ending() == SIGNED_OUT
            announce("bob", new_id())
            assert of_bob.hear()["type"] == "event"

    def test_also_without_being_asked_to(self, server: Server, settings: Settings) -> None:
        settings.STREAM_CHECK_SECONDS = Decimal("0.2")
        browser = signed_in(a_user())
        with server.page_in(browser) as page:
            store().write(session_delete(browser.cookies[settings.SESSION_COOKIE_NAME].value))
            assert page.ending() == SIGNED_OUT
