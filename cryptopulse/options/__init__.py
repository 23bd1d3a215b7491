"""The options of the product: what can be set from outside, and how it is read.

A value that makes no sense stops the start with one sentence that names the option and says why.
"""

from pathlib import Path

from cryptopulse.options.declared import ALL, Option
from cryptopulse.options.reading import Options

OPTIONS = Options(ALL, Path(__file__).resolve().parent.parent.parent / ".env")

__all__ = ["ALL", "OPTIONS", "Option", "Options"]
