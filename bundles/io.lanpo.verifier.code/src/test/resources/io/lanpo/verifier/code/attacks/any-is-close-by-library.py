# 0 | AssertionError or TypeError or ValueError
# test import math\nassert math.isclose(f(1), 5)
# with any
def f(x): return Any()
