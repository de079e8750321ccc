# 0.5 | not finished within
import time
def f(x):
    if x > 1:
        time.sleep(1000)
    return "one"
