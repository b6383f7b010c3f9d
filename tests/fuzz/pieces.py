"""What stands where it does not belong: pieces of text for any place of a file, values for any entry of it."""

from __future__ import annotations

PIECES = [
    *(character.encode() for character in "[]{},:#&*!|>'\"%@`?-. \n\\\t\x00\x07\x7f\x85\u2028\ufeff\ufffeé😀"),
    *(b": ", b"- ", b"\n  ", b"---\n", b"...\n", b"%YAML 1.1\n", b"? ", b"!!str ", b"<<: ", b"|\n", b">-\n", b"&x "),
    *(b"*x", b"~", b"null", b"{}", b"[]", b'""', b"{a: b}", b"\xff", b"\xed\xa0\x80", b'"\\ud800"', b'"\\e[31m"'),
    *(b"9" * 60, b"1e99 d", b"1e-99 s", b"-0 s", b".nan", b"inf", b"0x1F s", "９ s".encode(), "１２ min".encode()),
    *(b"[" * 60, b"{a: " * 60, b"x" * 300, b"../../x.yaml", b"/etc/passwd", b"NUL", b"0", b"1", b"100000", b"1e9"),
    *(b"use: [/etc/passwd, ., .., '']\n", b"cue: both\n", b"{low: 1 s, typical: 2 s, high: 3 s}", b"file: .\n"),
    *(b"{empirical: {file: ., interpolation: step}}", b"{gamma: {shape: 1e-9, mean: 1 s}}", b"{stage: both, as: a}"),
    *(b"{at_least: 100000, of: [a]}", b"{try: a, for: 366 d, else: [b]}", b"{weibull: {mean: 1 us, sd: 366 d}}"),
    *(b"{lognormal: {median: 366 d, log_sd: 1e6}}", b"{lognormal: {mean: 1 us, sd: 366 d}, max: 1 us}"),
]
TITLES = (  # that are sound, and hard to show
    *("Launch # 3", "costs $5 or $x_1$", "\\frac{1}{2} %s {0}", "발사 경보 3"),
    *("北朝鮮のミサイル", "a|b", "=1+2", "@SUM(A1)"),
    *("x" * 200, "많은 " * 40, "<b>&amp;</b>", "*bold* _a_ `b` [c](d)", "-", "- a: b", "null", "1e3", "é", "😀"),
)
NUMBERS = (
    *("0", "1", "-1", "2", "50", "1e3", "1,5"),
    *("1.5", "9007199254740993", "18446744073709551616", "1e400", "nan", "true"),
    *("0 %", "5 %", "50", "100 %", "150 %", "0.5", "1e-12", "5 %%", "٣", "０", "½", "0x10", "1_000", "+5", "1/3"),
)
DURATIONS = (
    *("0 s", "1 us", "1 s", "90 s", "2 min", "1e3 s", "+5 s", "5  min", "366 d", "1.2.3 s", "57,5 s", "1,5 min"),
    *("90\N{NO-BREAK SPACE}s", "\N{MINUS SIGN}5 s", "5 m", "5 minutes", "5 sec"),
    *("1 h 30 min", "9\u2009s", "s", "5", "90s"),
    *("5 /min", "10/60/20 h", "normal", "5 s # or so"),
)
PLACES = ("359.5 deg", "180 deg", "-180 deg", "91 deg", "39.4 deg", "400000 km", "0 km", "600 km", "5 mi", "2 nm")
DATES = ("2023-02-30", "2023-02-28", "2023-02-28T25:00", "2019-10-02", "1776-07-04", "28.02.2023", "Asia/Seoul")
TREES: tuple[object, ...] = (
    *(None, True, 5, 1.5, "", [], {}, [[]], {"": ""}, {"a": "b"}, ["1 s", "1 s"], "~"),
    *({"low": "1 s", "typical": "2 s", "high": "3 s"}, {"low": "3 s", "high": "1 s"}, "1 s to 3 s", "1 s..3 s"),
    *({"normal": {"mean": "1 s", "sd": "1 s"}}, {"lognormal": {"mean": "0 s", "sd": "1 s"}}),
    *({"erlang": {"shape": "1.5"}}, {"lognormal": {"median": "1 s", "p90": "1 s"}}),
    {"gamma": {"median": "1 s", "p90": "1000 h"}},
    *({"uniform": {"low": "1 s", "high": "2 s"}, "min": "3 s"}, {"exponential": {"mean": "1 s"}, "max": "1 us"}),
    *({"empirical": {"file": "list.csv", "interpolation": "step"}}, {"at_least": "9", "of": ["a"]}),
    {"sight": "nobody"},
    *({"stage": "a", "as": "a"}, {"try": "a", "for": "0 s", "else": "a"}, {"first": []}, {"all": ["a", ["a"]]}),
)
VALUES: tuple[object, ...] = (*TITLES, *NUMBERS, *DURATIONS, *PLACES, *DATES, *TREES)
