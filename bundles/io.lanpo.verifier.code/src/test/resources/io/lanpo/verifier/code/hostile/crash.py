# 0 | the program was ended by signal 11
import ctypes
def f(x):
    ctypes.string_at(0)
