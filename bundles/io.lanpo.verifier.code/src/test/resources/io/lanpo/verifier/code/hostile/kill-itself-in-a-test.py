# 0.5 | the program was ended by signal 9
import os
def f(x):
    if x > 1:
        os.kill(os.getpid(), 9)
    return "one"
