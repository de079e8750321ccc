# 0 | AssertionError or OverflowError or MemoryError or ValueError
# test assert f(1) == 5
def f(x): return 1 << 30000000
