"""What a study answers, said once, and its renderings.

In comes a `Page`, which a study makes; out go a text for the terminal, Markdown for a memo, HTML, one JSON document,
a sheet and the files of a folder. A rendering composes no finding: what it shows stands in the page. To add a
rendering: a file here with one function of a page; every study has it then.
"""
