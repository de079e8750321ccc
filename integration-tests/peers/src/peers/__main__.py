"""The command line: each sub-command is a module with `register(commands)` and does its own imports late."""

from __future__ import annotations

import argparse
import sys
from typing import Sequence

from peers import bench, check_events, check_saved, fixtures, smollm2
from peers.errors import PeersError


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    top = argparse.ArgumentParser(
        prog="peers", description="Reference values and timings of transformers and TRL, to compare LANPO with."
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (smollm2, fixtures, check_saved, check_events, bench):
        module.register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except PeersError as error:
        print(f"peers: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
