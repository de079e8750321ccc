# 0 | AssertionError or TypeError or ValueError
# test assert f(1) in (5, 6)
# with any
def f(x): return Any()
