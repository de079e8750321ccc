# 0 | RecursionError
def f(x):
    return f(x)
