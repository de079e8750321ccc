# 0 | AssertionError
# test a = [2, 1]\nassert f(a) == sorted(a)
def f(x):
    x.clear()
    return []
