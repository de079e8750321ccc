# 0 | the program ended its own process
# test f()._os._exit(0)\nassert False
import random
def f(): return random
