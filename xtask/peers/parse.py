"""Times a Python parser of filings: python parse.py TOOL, paths of HTML files on standard input.

One line a file: seconds and tables found, or "failed" and why. Only parsing is timed: not the import, not the first
document, which pays for what is made once, not reading the file, not counting its tables.
"""

import signal
import sys
import time

LONGEST = 30  # seconds a file may take
SMALL = "<html><body><p>Income</p><table><tr><td>Sales</td><td>1</td></tr></table></body></html>"


def edgartools():
    from edgar.documents import parse_html

    return parse_html, lambda document: len(document.tables)


def doc2dict():
    from doc2dict import html2dict

    return html2dict, count_tables


def count_tables(node):
    if isinstance(node, dict):
        return ("table" in node) + sum(map(count_tables, node.values()))
    return sum(map(count_tables, node)) if isinstance(node, list) else 0


def expired(*_):
    raise TimeoutError(f"more than {LONGEST} seconds")


parse, tables = {"edgartools": edgartools, "doc2dict": doc2dict}[sys.argv[1]]()
parse(SMALL)
signal.signal(signal.SIGALRM, expired)
for path in sys.stdin.read().splitlines():
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    try:
        signal.alarm(LONGEST)
        start = time.perf_counter()
        result = parse(text)
        seconds = time.perf_counter() - start
        signal.alarm(0)
        print(f"{seconds:.6f}\t{tables(result)}", flush=True)
    except Exception as error:
        signal.alarm(0)
        print(f"failed\t{type(error).__name__}: {error}".replace("\n", " "), flush=True)
