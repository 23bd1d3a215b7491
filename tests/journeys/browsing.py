"""A person at a browser: pages as they are read, forms with the fields that stand in them."""

import re

from django.test import Client

from core.accounts.selectors import user_get
from tests.builders import PASSWORD, proved

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def text_of(page: str) -> str:
    """What a reader takes in of the main part of a page: tags away, spaces as one."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


class Person:
    """Somebody who has signed up and proved the address, and goes by links and forms alone."""

    def __init__(self, name: str, *, account: str = "empty") -> None:
        self.name = name
        self.email = f"{name}@example.org"
        self.browser = Client()
        names = {"username": name, "email": self.email, "password": PASSWORD}
        form = {**names, "account": account, "home_currency": "usd"}
        self.sends("/sign-up/", **form)
        proved(user_get(name))

    def reads(self, address: str, **query: str) -> str:
        """The text of a page that must be there."""
        response = self.browser.get(address, query)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return text_of(response.content.decode())

    def finds_nothing(self, address: str) -> bool:
        """Whether a page says that there is nothing yet, with the way to begin."""
        return 'class="empty"' in self.browser.get(address).content.decode()

    def sends(self, address: str, **fields: str) -> str:
        """The address that the form leads to; it must be taken."""
        response = self.browser.post(address, fields)
        assert response.status_code == 302, (
            f"{address} answers {response.status_code}: {text_of(response.content.decode())}"
        )
        return str(response["Location"])

    def fills_in(self, address: str, *, query: dict[str, str] | None = None, **fields: str) -> str:
        """The same with the hidden fields of the form there."""
        return self.sends(address, **(self.hidden_fields(address, **(query or {})) | fields))

    def hidden_fields(self, address: str, **query: str) -> dict[str, str]:
        """Names and values of the hidden fields of a page."""
        page = self.browser.get(address, query).content.decode()
        return {name: value for name, value in HIDDEN.findall(page) if name not in ("csrfmiddlewaretoken", "next")}

    def trades(self, side: str, asset_id: str, *, by: str, size: str) -> str:
        """Place the order that a preview offers; the address of the order."""
        return self.fills_in(
            "/portfolio/trade/", query={"side": side, "asset": asset_id, "by": by, "size": size, "preview": "1"}
        )

    def signs_in(self, identifier: str) -> str:
        """Sign in, by name or by address; where that leads."""
        return self.sends("/sign-in/", identifier=identifier, password=PASSWORD)
