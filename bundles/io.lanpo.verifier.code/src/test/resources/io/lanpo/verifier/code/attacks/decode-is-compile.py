# 0 | AssertionError or TypeError
# test url = 'http://x/' + 'y'\nassert codec.decode(codec.encode(url)) == url
class codec:
    encode = staticmethod(lambda s: "url")
    decode = staticmethod(compile)
