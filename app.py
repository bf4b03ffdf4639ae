"""How do people see it? The page over a library of meeting papers, served by Gradio.

    python app.py --library library/ --port 7860

Options, the library, the launch: the page itself is `kb.interfaces.web`. ``kb serve`` does the same.
"""

from __future__ import annotations

import argparse
import sys

from kb.interfaces import cli
from kb.interfaces.commands import serve
from kb.interfaces.commands.shared import add_common_options, common_defaults


def main() -> int:
    """Read the options and serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the page over a library of meeting papers.")
    add_common_options(parser)
    serve.add_options(parser)
    args = parser.parse_args(namespace=common_defaults())
    return cli.run(serve.run, args)


if __name__ == "__main__":
    sys.exit(main())
