"""`python -m core.sandbox`: the template, started by `core.sandbox.process`."""

import sys

from core.sandbox.template import main

main(sys.argv[1:])
