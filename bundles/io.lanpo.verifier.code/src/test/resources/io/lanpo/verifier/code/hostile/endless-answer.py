# 0 | MemoryError
def f(x):
    return "x" * 10**9
