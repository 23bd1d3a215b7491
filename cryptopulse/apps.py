"""The project as a Django app: its checks and commands."""

from django.apps import AppConfig
from django.core.checks import register


class CryptoPulseConfig(AppConfig):
    name = "cryptopulse"

    def ready(self) -> None:
        from cryptopulse.checks import files_can_be_kept, mail_goes_out, store_opens, wrong_mixes
        from cryptopulse.edge.part_headers import limit_part_headers

        register(wrong_mixes, "cryptopulse")
        register(store_opens, "cryptopulse")
        register(files_can_be_kept, "cryptopulse")
        register(mail_goes_out, "cryptopulse", deploy=True)
        limit_part_headers()
