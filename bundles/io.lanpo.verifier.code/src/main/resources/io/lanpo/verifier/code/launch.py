"""Starts a program whose output is compared as Python itself would, with what is missing here: the names
of the module site, which is left out for its time, and /dev/stdin, which would need /proc."""


def launch():
    import _sitebuiltins
    import builtins
    import io
    import os
    import sys

    def is_input(name):
        return not isinstance(name, int) and os.fspath(name) == "/dev/stdin"

    def opened(name, *args, **kwargs):
        return python_open(0 if is_input(name) else name, *args, **kwargs)

    for name in "exit", "quit":
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))
    python_open, os_open = io.open, os.open
    builtins.open = io.open = opened
    os.open = lambda name, *args, **kwargs: os.dup(0) if is_input(name) else os_open(name, *args, **kwargs)
    del globals()["launch"]
    exec(compile(sys.argv.pop(1), "<program>", "exec"), globals())


launch()
