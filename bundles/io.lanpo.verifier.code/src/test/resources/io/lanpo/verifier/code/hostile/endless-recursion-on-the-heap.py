# 0 | MemoryError or the program was ended by signal 11 or the program used up its processor time
import sys
def f(x):
    sys.setrecursionlimit(10**9)
    # calls of Python alone fill the memory, or the time on a slow machine
    def g(): return [g() for _ in (1,)]
    return g()
