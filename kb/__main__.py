"""``python -m kb``: the same as the ``kb`` command."""

from __future__ import annotations

import sys

from kb.interfaces.cli import main

if __name__ == "__main__":
    sys.exit(main())
