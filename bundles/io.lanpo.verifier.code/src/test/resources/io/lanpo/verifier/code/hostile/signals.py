# 0 | the program was ended by signal 14
import signal, os
signal.setitimer(signal.ITIMER_REAL, 0.01)
def f(x):
    while True: pass
