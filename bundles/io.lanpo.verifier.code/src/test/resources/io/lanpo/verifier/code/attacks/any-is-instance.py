# 0 | AssertionError or TypeError or ValueError
# test assert isinstance(f(1), int)
# with any
def f(x): return Any()
