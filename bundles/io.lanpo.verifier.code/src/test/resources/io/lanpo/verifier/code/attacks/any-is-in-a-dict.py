# 0 | AssertionError or TypeError or ValueError
# test assert {f(1): 1} == {5: 1}
# with any
def f(x): return Any()
