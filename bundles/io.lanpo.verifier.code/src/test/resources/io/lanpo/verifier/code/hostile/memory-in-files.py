# 0 | AssertionError: refused
import os
def f(x):
    try:
        fd = os.memfd_create("x")
        return "made"
    except OSError:
        pass
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/", "/dev", "/usr"):
        try:
            open(folder + "/x", "w")
            return "made in " + folder
        except OSError:
            pass
    return "refused"
