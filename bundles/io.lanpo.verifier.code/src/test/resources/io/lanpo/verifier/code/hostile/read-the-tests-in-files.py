# 0 | AssertionError: nothing found
import os, select
def f(x):
    open_files = []
    for fd in range(64):
        try:
            os.fstat(fd)
            open_files.append(fd)
        except OSError:
            pass
    # nothing, nothing, nothing and the two pipes of this conversation
    return "nothing found" if len(open_files) == 5 and not os.read(0, 1) else "open: %s" % open_files
