# 0 | the program ended its own process
import os, time
os.closerange(3, 64)
time.sleep(100)
