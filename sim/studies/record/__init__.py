"""The model beside the public record, row by row: what agrees, what does not, what the record cannot decide.

::

    rows.py      a row: record, model, verdict, and whether the model was fitted to it; counts of rows
    find.py      all rows, from all that is on record
    named.py     whether what facts name of scenarios is there, and launches have places
    compare.py   what is simulated of it: the days of a rule
    flights.py   flight times, as each party gave them
    watch.py     the launches of the record under the sensors of 2019
    tracked.py   whom they tracked and whom they missed
    holding.py   what a count of missed launches hangs on: how long a track takes, how far radars reach
    failed.py    a launcher whose burn ended early: every flight that reports leave open
    contacts.py  first contacts and identifications by Seoul
    forecast.py  a notice as a prediction, to the minute of a clock; how often predictions hold what came
    notices.py   when Tokyo told whom, beside its chain
    eras.py      what one era of telling predicts of the next
    rules.py     two days on which one source or two decided
    exchanges.py how often reports were exchanged, beside how often they are asked for and not refused
    say.py       what all of it says in sentences

A row is *fitted* if a value of the model was taken from it; agreement there says no more than that the fit is one.
It is *held out* if no value was. It is *given* where what happened that day is put in and only the rule is asked.
A fact is one row: what a rival arrangement or rule gives for it is told beside it and not counted. Rows held out come
first wherever rows are shown. Public notice times stand beside Tokyo's own chain of warning,
decision and alert; no relay is judged by them.

To add a kind of row: 1 a file here that makes its rows; 2 a line in `KINDS`, and in ``find.py``;
3 its panel in ``figures/panels.py``.
"""
