# 0 | AssertionError or TypeError or ValueError
# test assert 5 == f(1)
# with any
def f(x): return Any()
