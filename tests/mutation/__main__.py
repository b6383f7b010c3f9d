from __future__ import annotations

import os
os.environ["NUMBA_DISABLE_JIT"] = "1"
import random, sys
from pathlib import Path
import pytest
from tests.mutation.alterations import mutants
from tests.mutation.campaign import Campaign
ROOT = Path(__file__).parent.parent.parent
KERNELS = ("alerts","branch","columns","draws","events","paths")
GROUPS = {"kernels": [ROOT/"sim"/"kernels"/f"{n}.py" for n in KERNELS], "statistics": sorted([*(ROOT/"sim"/"analysis").glob("*.py"), *(ROOT/"sim"/"draws").glob("*.py")])}
TESTS = {"kernels": ("tests/same_path/test_rules.py", "tests/same_path/test_oracle.py", "tests/same_path/test_engines.py", "tests/streams", "tests/unit/engines"),
 "statistics": ("tests/unit/analysis","tests/unit/draws","tests/streams","tests/theory/test_box.py","tests/theory/test_ledger.py", "tests/unit/experiment/test_bands.py")}
group, n = sys.argv[1], int(sys.argv[2])
every = [m for p in GROUPS[group] for m in mutants(p)]
chosen = random.Random(1).sample(every, min(n, len(every)))
c = Campaign(chosen)
pytest.main(["-p","no:cacheprovider","-p","no:xdist","-s","-W","ignore:overflow encountered:RuntimeWarning",*TESTS[group]], plugins=[c])
print(group, len(every), len(chosen), "survivors", len(c.survivors), c.seconds if hasattr(c,"seconds") else "")
