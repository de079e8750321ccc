# 0 | AssertionError or NameError
# test word = 'violet'\nassert box.open(box.text) == word
class box:
    open = eval
    text = 'word'
