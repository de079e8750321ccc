# 0 | AssertionError
# test calls = []\nf(calls.append)\nassert calls == [1, 2]
def f(g):
    for i in range(5): g(i)
