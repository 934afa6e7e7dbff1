"""Runs the program from a bare checkout: `python desktop`."""

import sys

from large_enough.__main__ import main

sys.exit(main())
