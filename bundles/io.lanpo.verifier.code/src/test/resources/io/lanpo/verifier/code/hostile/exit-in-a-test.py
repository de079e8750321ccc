# 0.5 | SystemExit
import sys
def f(x):
    if x > 1:
        sys.exit(0)
    return "one"
