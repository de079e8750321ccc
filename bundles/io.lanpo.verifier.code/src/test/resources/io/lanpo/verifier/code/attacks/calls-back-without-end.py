# 0 | the program used up its processor time or not finished within or RecursionError
# test def g(x): return f(g)\nassert f(g) == 5
def f(g): return g(1)
