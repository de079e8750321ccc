# 0 | not finished within
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
