# 0 | the program used up its processor time
def f(x):
    return 9 ** 9 ** 9
