# 0 | KeyboardInterrupt
def f(x):
    raise KeyboardInterrupt
