# 0 | StopIteration
# test assert [f(i) for i in range(3)] == [0, 1, 2]
def f(x):
    if x: raise StopIteration
    return x
