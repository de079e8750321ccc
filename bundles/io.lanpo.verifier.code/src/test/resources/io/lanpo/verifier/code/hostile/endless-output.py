# 0 | the program used up its processor time
import sys
while True:
    print("x" * 10000)
    print("y" * 10000, file=sys.stderr)
