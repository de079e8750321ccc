# 0 | the program 
import sys, threading
def f(x):
    sys.setrecursionlimit(10**9)
    def g(): return [g() for _ in (1,)]
    return g()
