# 0 | AssertionError or NameError
# test url = 'http://x/' + 'y'\nassert codec.decode(codec.encode(url)) == url
class codec:
    encode = staticmethod(lambda s: "url")
    decode = staticmethod(exec)
