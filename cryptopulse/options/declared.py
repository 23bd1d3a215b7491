"""Every option: name, default and meaning. `docs/settings.md` is generated from this list."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name in the environment, the text of its default, and what it does.

    `least` is the smallest number that is accepted. `group` is its heading in the documentation.
    """

    name: str
    default: str
    about: str
    least: Decimal | None = None
    group: str = ""


def _group(title: str, *options: Option) -> tuple[Option, ...]:
    return tuple(Option(o.name, o.default, o.about, o.least, title) for o in options)


ALL: tuple[Option, ...] = (
    *_group(
        "The site",
        Option("PORT", "8000", "Port of the site, for `manage.py serve` and `web`.", Decimal(1)),
        Option(
            "HOST", "127.0.0.1", "Address that `manage.py serve` and `web` listen on; `0.0.0.0` for every network card."
        ),
        Option(
            "PUBLIC_URL",
            "",
            "Address under which users reach the site; links in mails start with it. Empty: `http://localhost:PORT`.",
        ),
        Option("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that the site answers to, comma-separated."),
        Option(
            "CSRF_TRUSTED_ORIGINS",
            "",
            "Origins, with scheme, whose pages may post forms here; needed behind some proxies. Comma-separated.",
        ),
        Option(
            "SECURE_COOKIES",
            "false",
            "Set to true behind HTTPS: cookies are sent over HTTPS only, and browsers are told to use HTTPS.",
        ),
        Option(
            "SECRET_KEY", "", "Signs sessions, cursors and links. Empty: created once and kept in `var/secret_key`."
        ),
        Option(
            "CONNECTIONS",
            "1000",
            "Open connections of one web process. At the limit, connections that wait for their clients are closed; if "
            "there are none, new ones get 503. Each takes a file descriptor.",
            Decimal(10),
        ),
        Option(
            "REQUESTS_AT_ONCE",
            "32",
            "Requests that one web process handles at the same time; for one client an eighth of that. Others wait for "
            "their turn, and get 503 after 10 seconds.",
            Decimal(1),
        ),
        Option(
            "REQUEST_HEAD_SECONDS",
            "10",
            "Seconds within which a client must have sent the headers of a request.",
            Decimal("0.1"),
        ),
        Option(
            "REQUEST_BODY_SECONDS",
            "30",
            "Seconds within which the body must follow; one more for each 8 kB that have arrived.",
            Decimal("0.1"),
        ),
        Option("DEBUG", "false", "Django's debug pages. They show internals: use them only on your own machine."),
    ),
    *_group(
        "Data",
        Option(
            "DATASTORE_URL",
            "sqlite:///var/cryptopulse.sqlite3",
            "Where the data is stored: `sqlite:///PATH`, `memory://` (lost at the end), or "
            "`dynamodb://REGION?prefix=CryptoPulse_&endpoint=URL`. "
            "`?index_lag=N` after the first two is for development.",
        ),
        Option(
            "STORE_RETRY_SECONDS",
            "10",
            "How long a throttled or contended write is retried before the answer is 503.",
            Decimal(0),
        ),
        Option(
            "PRIVATE_FILES_URL",
            "file:///var/files",
            "Where receipts are kept: `file:///PATH`, `s3://BUCKET/PREFIX?region=REGION&endpoint=URL` with the usual "
            "AWS credentials, or `memory://` (lost at the end).",
        ),
        Option(
            "REDIS_URL",
            "",
            "Empty: one process does everything. `redis://HOST:PORT/0`: web, worker and beat are separate processes.",
        ),
    ),
    *_group(
        "Market",
        Option(
            "MARKET_FEED",
            "simulated",
            "[Price feeds](#price-feeds), comma-separated; the first that knows an asset prices it.",
        ),
        Option("MARKET_POLL_SECONDS", "5", "Seconds between two polls of the feed.", Decimal("0.2")),
        Option(
            "COINGECKO_URL",
            "",
            "Address of CoinGecko's API. Empty: `https://api.coingecko.com/api/v3`; a Pro key needs "
            "`https://pro-api.coingecko.com/api/v3`.",
        ),
        Option(
            "COINGECKO_KEY", "", "Key of a CoinGecko plan; COINGECKO_URL decides whether Demo or Pro. Empty: no key."
        ),
        Option(
            "COINGECKO_SECONDS",
            "60",
            "Seconds between two calls of CoinGecko. Public prices change once a minute; the Demo plan's 10,000 calls "
            "a month are one in 270 seconds.",
            Decimal(1),
        ),
        Option("BINANCE_URL", "", "Address of Binance's stream. Empty: `wss://data-stream.binance.vision`."),
        Option(
            "BINANCE_REST_URL", "", "Where Binance's past candles come from. Empty: `https://data-api.binance.vision`."
        ),
    ),
    *_group(
        "Accounts, orders and alerts",
        Option("OPENING_BALANCE", "10000", "Money that a practice account starts with.", Decimal(0)),
        Option(
            "REQUIRE_APPROVAL", "false", "Whether an administrator must approve a new account before its first sign-in."
        ),
        Option(
            "PASSWORD_HASHES_AT_ONCE",
            "2",
            "Passwords that one process hashes at the same time, with 100 MB of memory each. A sign-in that has "
            "waited for five seconds gets 503.",
            Decimal(1),
        ),
        Option("ORDER_FEE_BASIS_POINTS", "0", "Fee of an order, in hundredths of a percent of its amount.", Decimal(0)),
        Option("ORDER_LEAST", "1", "The smallest amount of one order.", Decimal("0.01")),
        Option("ORDER_MOST", "10000", "The largest amount of one order.", Decimal("0.01")),
        Option("DEPOSIT_DAILY_LIMIT", "10000", "Deposits of a practice account within one UTC day.", Decimal(0)),
        Option("WITHDRAWAL_DAILY_LIMIT", "5000", "Withdrawals of a practice account within one UTC day.", Decimal(0)),
        Option("ALERTS_PER_USER", "100", "How many alerts one user may have.", Decimal(1)),
    ),
    *_group(
        "Quotas",
        Option(
            "STORAGE_PER_USER",
            "1073741824",
            "Bytes of receipts and imported files that one user may keep; the default is 1 GB.",
            Decimal(0),
        ),
        Option("FILES_PER_USER", "2000", "Receipts that one user may keep, including those in the trash.", Decimal(0)),
        Option(
            "ROWS_PER_USER",
            "250000",
            "Rows that one user may keep: expenses, trades, orders, ledger entries, alerts, carbon entries and "
            "goals, imports and the rows they added, including what is in the trash.",
            Decimal(0),
        ),
        Option("OPEN_IMPORTS_PER_USER", "5", "Imports of one user that are neither done nor discarded.", Decimal(0)),
    ),
    *_group(
        "API",
        Option("API_REQUESTS_PER_MINUTE", "3000", "API requests of one signed-in user within a minute.", Decimal(1)),
        Option(
            "API_VISITOR_REQUESTS_PER_MINUTE",
            "600",
            "API requests without credentials from one address within a minute.",
            Decimal(1),
        ),
        Option(
            "API_SIGN_INS_PER_MINUTE",
            "120",
            "Registrations, token requests, and sign-in and reset forms from one address within a minute.",
            Decimal(1),
        ),
        Option("STREAM_CONNECTIONS_PER_USER", "20", "Open `/ws/stream/` of one user in one web process.", Decimal(1)),
        Option(
            "STREAM_CONNECTIONS_PER_ADDRESS",
            "100",
            "Open `/ws/stream/` of visitors from one address in one web process.",
            Decimal(1),
        ),
        Option(
            "STREAM_CHECK_SECONDS",
            "15",
            "How often an open `/ws/stream/` checks that its sign-in or key is still valid.",
            Decimal("0.1"),
        ),
    ),
    *_group(
        "Files that users send",
        Option(
            "FILES_AT_ONCE",
            "2",
            "How many receipts and bank files one web process reads at the same time, including PDF reports that it "
            "makes; each in a process of its own.",
            Decimal(1),
        ),
        Option(
            "FILE_PROCESSOR_SECONDS",
            "6",
            "Processor time that reading one file may take; raise it on a slow machine.",
            Decimal(1),
        ),
        Option("FILE_MEMORY_MB", "384", "Memory, in megabytes, that reading one file may take.", Decimal(128)),
        Option(
            "FILE_WAIT_SECONDS",
            "20",
            "How long an upload or a report waits for its turn before the answer is 503.",
            Decimal(0),
        ),
    ),
    *_group(
        "Mail",
        Option(
            "EMAIL_URL",
            "consolemail://",
            "Where mail goes: `consolemail://` (printed), `filemail:///FOLDER` (files; one more slash for a path from "
            "the root), `smtp+tls://USER:PASSWORD@HOST:587`.",
        ),
        Option("DEFAULT_FROM_EMAIL", "CryptoPulse <pulse@localhost>", "The sender of mail."),
        Option(
            "DELIVERY_LEASE_SECONDS",
            "60",
            "How long a worker may take to send one message before another worker sends it.",
            Decimal(1),
        ),
    ),
    *_group(
        "Logs and metrics",
        Option("LOG_LEVEL", "INFO", "The lowest level that is logged: DEBUG, INFO, WARNING or ERROR."),
        Option("LOG_FORMAT", "auto", "`json`, `text`, or `auto`: text in a terminal, JSON elsewhere."),
        Option(
            "METRICS_TOKEN",
            "",
            "Sent as `Authorization: Bearer`, it opens `/metrics`. Empty: only programs on this machine may read it.",
        ),
        Option(
            "WORKER_METRICS_PORT",
            "0",
            "Port on HOST where a worker process serves its metrics; 0 for none.",
            Decimal(0),
        ),
    ),
)
