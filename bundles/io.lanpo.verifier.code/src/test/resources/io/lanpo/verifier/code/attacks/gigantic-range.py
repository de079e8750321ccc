# 0 | AssertionError or MemoryError or OverflowError
# test assert f(1) == [1, 2, 3]
def f(x): return range(10**18)
