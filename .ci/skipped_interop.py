"""Fails if a test tagged "interop" was skipped although every peer is installed.

Reads the XML reports of Surefire. A class counts as interop if its source has Tag("interop").
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

root = pathlib.Path(__file__).resolve().parent.parent
tagged = {
    match.stem
    for match in root.glob("**/src/test/java/**/*.java")
    if 'Tag("interop")' in match.read_text(encoding="utf-8")
}
ran, skipped = 0, []
for report in root.glob("**/target/surefire-reports/TEST-*.xml"):
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = re.split(r"[.$]", case.get("classname", ""))
        if not tagged.intersection(name):
            continue
        reason = case.find("skipped")
        if reason is None:
            ran += 1
        else:
            skipped.append(f"{case.get('classname')}.{case.get('name')}: {reason.get('message')}")
print(f"interop: {len(tagged)} classes, {ran} tests ran, {len(skipped)} skipped")
for line in skipped:
    print("  skipped:", line)
if tagged and ran == 0:
    sys.exit("No interop test ran.")
needs_data = [line for line in skipped if "shared/data" in line]
if len(skipped) > len(needs_data):
    sys.exit("An interop test was skipped although its peers are installed.")
