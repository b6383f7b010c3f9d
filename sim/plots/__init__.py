"""What figures share: colours, style, axes, bars, labels, the measuring of text, bytes of files.

In come texts and positions; out go marks on axes. The figures themselves stand with their studies and compute nothing.
"""
