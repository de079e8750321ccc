# 0 | the program sent what is no message
# test assert f(1) == 'violet'
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t2;s1;vt2;Nl0;N'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
