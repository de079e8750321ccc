# 0 | AssertionError or TypeError or ValueError
# test assert 3 < f(1) < 8
# with any
def f(x): return Any()
