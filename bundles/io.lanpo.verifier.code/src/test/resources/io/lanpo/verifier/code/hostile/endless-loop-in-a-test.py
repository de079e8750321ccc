# 0.5 | the program used up its processor time
def f(x):
    while x > 1:
        pass
    return "one"
