# 0 | AssertionError
# test assert f(1) == 'violet'
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t2;s1;vt2;n0;t2;t2;s6;__eq__s5;countt2;i1;i2;l0;'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
