# 0 | a value of more than 8 MB
def f(x):
    return "x" * (1 << 24)
