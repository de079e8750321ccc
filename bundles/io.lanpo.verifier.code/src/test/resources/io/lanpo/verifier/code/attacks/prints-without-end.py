# 0 | AssertionError or the program used up its processor time
# test assert f(1) == 5
def f(x):
    for _ in range(10**5): print('x' * 1000)
