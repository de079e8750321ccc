# 0 | the program sent what is no message
# test assert f(1) == 'violet'
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t2;s1;vt2;gt3;s8;builtinss3;ints1;xl0;'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
