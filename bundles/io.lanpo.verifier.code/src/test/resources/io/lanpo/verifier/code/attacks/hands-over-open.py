# 0 | FileNotFoundError
# test assert f()('/proc/self/mem') == 'violet'
def f(): return open
