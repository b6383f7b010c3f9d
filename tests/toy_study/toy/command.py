"""``sim toy`` and ``sim.toy``: what may be asked."""

from sim.asking.option import REPLICATIONS
from sim.asking.study import Study

STUDY = Study("toy", help="Say the mean latency of the first arm.", options=(REPLICATIONS,))
