# 0 | the program answered with more than 8 MB
import os
for fd in range(3, 64):
    try:
        os.write(fd, b"\xff\xff\xff\xff")
    except OSError:
        pass
def f(x):
    return "nothing"
