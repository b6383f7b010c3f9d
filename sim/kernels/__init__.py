"""Compiled loops over plain arrays: they know no nouns, no units and no scenario, and check nothing.

Numba lives here and nowhere else, and is imported only when loops are asked for or worth loading. Each file is one
idea: `draws` makes columns of variates, `events` runs any network by a list of events, `columns` runs networks
without feedback a column of replications at a time, `desks` serves a desk of theirs, `periods` tells what is closed
when, `branch` sums along the delivering branch, `alerts` is what Python calls. Every one has a plain twin that the
tests hold it against, bit by bit; of `columns` that is `sim.engines.columns`, which carries out the same program.

What was compiled is kept in a folder named by a digest of these sources, of `sim.portable` and of
the compiler's version, so that no change can be answered by old code.
"""
