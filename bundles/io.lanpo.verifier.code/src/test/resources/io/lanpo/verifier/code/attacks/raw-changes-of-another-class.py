# 0 | AssertionError
# test a = [1]\nassert f(a) is None and a == []
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t2;s1;vt2;Nl1;D0;'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
