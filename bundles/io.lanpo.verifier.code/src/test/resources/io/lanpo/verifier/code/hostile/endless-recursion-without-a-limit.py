# 0 | the program was ended by signal 11 or RecursionError
import sys
def f(x):
    sys.setrecursionlimit(10**9)
    # through C, which fills the stack at once; later Pythons count such calls apart
    def g(_): return list(map(g, (1,)))
    return g(1)
