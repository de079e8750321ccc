# 0 | AssertionError or TypeError or ValueError
# test import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(f(1), 5)\n
# with any
def f(x): return Any()
