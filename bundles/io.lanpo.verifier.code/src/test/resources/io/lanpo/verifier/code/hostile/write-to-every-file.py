# 0 | the program sent what is no message
import os
for fd in range(64):
    try:
        os.write(fd, b"\0\0\0\5hello" * 3)
    except OSError:
        pass
def f(x):
    return "nothing"
