# 0 | AssertionError or TypeError or ValueError
# test assert abs(f(1) - 5) < 1e-6
# with any
def f(x): return Any()
