"""The model beside the public record, row by row: what agrees, what does not, what the record cannot decide.

::

    rows.py      a row: record, model, verdict, and whether the model was fitted to it; counts of rows
    find.py      all rows, from all that is on record
    compare.py   what is simulated of it: Tokyo's chain, the days of a rule
    flights.py   flight times
    watch.py     the launches of the record under the sensors of 2019
    tracked.py   whom they tracked and whom they missed
    contacts.py  first contacts and identifications by Seoul
    notices.py   when Tokyo told whom
    rules.py     two days on which one source or two decided
    exchanges.py how often reports were exchanged, beside how often they are asked for and not refused
    say.py       what all of it says in sentences

A row is *fitted* if a value of the model was taken from it; agreement there says no more than that the fit is one.
It is *held out* if no value was. It is *given* where what happened that day is put in and only the rule is asked.
Public notice times stand beside Tokyo's own chain of warning, decision and alert; no relay is judged by them.

To add a kind of row: 1 a file here that makes its rows; 2 a line in `KINDS`, and in ``find.py``;
3 its panel in ``figures/panels.py``.
"""
