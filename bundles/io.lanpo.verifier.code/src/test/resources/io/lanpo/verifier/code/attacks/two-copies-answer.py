# 0 | AssertionError or the program sent what is no message or AttributeError or TypeError
# test assert f(1) == 5 and f(2) == 6
import os
def f(x):
    os.fork()
    return 0
