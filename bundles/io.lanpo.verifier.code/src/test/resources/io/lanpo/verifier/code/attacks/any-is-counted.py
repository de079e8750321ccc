# 0 | AssertionError or TypeError or ValueError
# test assert [5, 5].count(f(1)) == 2
# with any
def f(x): return Any()
