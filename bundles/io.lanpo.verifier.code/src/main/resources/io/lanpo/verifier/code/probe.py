"""Tries to get out of the sandbox. Prints ESCAPED and what it could do for every way that is open,
and FINISHED at the end. Arguments: a file of the host, a home folder, most processes, most bytes."""
import os
import sys
import time

secret, home, processes, memory = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def attempt(what, way):
    try:
        if way() is False:
            return
    except (OSError, MemoryError, ImportError, AttributeError, ValueError):
        return
    print("ESCAPED", what, flush=True)


def connect(family, address):
    import socket

    with socket.socket(family, socket.SOCK_DGRAM if family == 2 else socket.SOCK_STREAM) as s:
        s.settimeout(1)
        s.connect(address)


def make(path):
    # a file without content: the limit on sizes must not be what saves the host
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    os.remove(path)


def swarm():
    children = []
    try:
        for _ in range(processes + 4):
            child = os.fork()
            if child == 0:
                time.sleep(30)
                os._exit(0)
            children.append(child)
        return True
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)


def call(number, *arguments):
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments]) >= 0


intel = os.uname().machine == "x86_64"
attempt("be root", lambda: os.getuid() == 0)
attempt("read a file of the host", lambda: bool(open(secret).read()))
attempt("list a home folder", lambda: bool(os.listdir(home)))
for folder in "/home", "/root", "/etc", "/var", "/proc/self", "/sys", "/tmp":
    attempt("list " + folder, lambda: bool(os.listdir(folder)))
for folder in "", "/tmp", "/usr", "/dev", "/dev/shm", "/usr/lib", home:
    attempt("write to %s/" % folder, lambda: make(folder + "/lanpo-probe"))
attempt("write a file of the host", lambda: open(secret, "r+").close())
attempt("see the environment of the host", lambda: set(os.environ) - {"PATH", "LANG", "PYTHONHASHSEED", "PWD", "LC_CTYPE"} != set())
attempt("use the network", lambda: connect(2, ("127.0.0.1", 9)))
attempt("open a socket to the hypervisor", lambda: connect(40, (2, 9)))
attempt("start more than %d processes" % processes, swarm)
attempt("take more than %d bytes" % memory, lambda: bool(bytearray(memory)))
attempt("make a namespace", lambda: call(272 if intel else 97, 0x10000000))
attempt("look into another process", lambda: call(101 if intel else 117, 0x4206, 1, 0, 0))
attempt("take a shared segment", lambda: call(29 if intel else 194, 0, 4096, 0o1600))
attempt("take a memory file", lambda: os.memfd_create("x") >= 0)
attempt("limit another process", lambda: call(302 if intel else 261, os.getppid(), 0, 0, 0))
attempt("see the processes of the host", lambda: os.getpid() > 3)
print("FINISHED", flush=True)
