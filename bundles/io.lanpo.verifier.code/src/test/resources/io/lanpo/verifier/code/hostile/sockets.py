# 0 | AssertionError: refused
import socket
def f(x):
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, 40, 38, 17):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind)
                return "a socket of family %s" % family
            except OSError:
                pass
    try:
        socket.create_connection(("127.0.0.1", 22), 1)
        return "connected"
    except OSError:
        return "refused"
