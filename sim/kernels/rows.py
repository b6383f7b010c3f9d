"""Numbers that tables of a network, programs and executors share; told without importing the compiler."""

from __future__ import annotations

import numpy as np

STAGE, SEQUENCE, JOIN, TRY = range(4)
BEGIN, DONE, REFUSED, STARTED = range(4)  # what may happen to a node: rows of a path; done and refused are also states
NONE, NEVER = -1, -1
FAR = np.int64(1) << 62
N_PRECEDENCES = 4

KIND, NEEDED, LIMIT, DESK, PRECEDENCE, CHANNEL, PARENT, SLOT, FIRST_CHILD, N_CHILDREN = range(10)  # rows of nodes
CAPACITY, BACKGROUND, FIRST_JOB, LAST_JOB = range(4)  # rows of desks

BEGIN_WITH, BEGIN_AFTER, BEGIN_FALLBACK, SERVE, END_STAGE, END_SEQUENCE, END_JOIN = range(7)  # steps of a program
