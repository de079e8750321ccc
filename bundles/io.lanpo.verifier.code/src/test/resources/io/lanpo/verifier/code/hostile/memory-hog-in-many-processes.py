# 0 | AssertionError
import os, time
for i in range(50):
    try:
        if os.fork() == 0:
            x = []
            try:
                while True:
                    x.append(bytearray(1 << 20))
            except MemoryError:
                time.sleep(1)
                os._exit(0)
    except OSError:
        pass
def f(x):
    return "nothing"
