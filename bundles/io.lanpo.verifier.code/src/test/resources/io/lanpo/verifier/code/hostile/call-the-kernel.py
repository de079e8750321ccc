# 0 | AssertionError: refused
import ctypes, os
def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    calls = {
        "unshare": lambda: libc.unshare(0x10000000),
        "mount": lambda: libc.mount(b"none", b"/usr", b"tmpfs", 0, None),
        "setuid": lambda: libc.setuid(0),
        "chroot": lambda: libc.chroot(b"/usr"),
        "shmget": lambda: libc.shmget(0, 1 << 30, 0o1600),
        "bpf": lambda: libc.syscall(321 if os.uname().machine == "x86_64" else 280, 0, 0, 0),
        "io_uring": lambda: libc.syscall(425, 8, 0),
        "userfaultfd": lambda: libc.syscall(323 if os.uname().machine == "x86_64" else 282, 1),
        "perf": lambda: libc.syscall(298 if os.uname().machine == "x86_64" else 241, 0, 0, -1, -1, 0),
        "keyctl": lambda: libc.syscall(250 if os.uname().machine == "x86_64" else 219, 0, -3, 1),
    }
    done = [name for name, call in calls.items() if call() >= 0]
    return "did %s" % done if done else "refused"
