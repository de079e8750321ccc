# 0 | the program does not run: SystemExit: 0
import sys
sys.exit(0)
