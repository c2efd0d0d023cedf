"""Files: taken in and inspected, kept once under their hash, shown safely; PDFs that we make; digital signatures.

What a file is for, and so who may see it, is not known here: the room that keeps its number opens the door to it.
Strangers' files are opened only in the process of `inspection`.
"""
