"""Results on disk: ``results/<scenario>/<run or study>/``, whole or not at all, resumable.

In come results and what is to be written; out go folders that appear at once, and what they hold when they are read
again. ``run.py`` keeps runs, ``workshop.py`` their parts until all are there, ``study.py`` studies, ``resume.py`` what
an interrupted one has left, ``parquet.py`` the latencies and tallies, ``alerts.py`` those of a stored run,
``place.py`` where each is, ``files.py`` files that appear whole.
What a folder promises is in its provenance, by digest.
"""
