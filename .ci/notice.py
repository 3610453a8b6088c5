"""Rewrites the list of libraries in NOTICE from the bill of materials that the build made.

Run after `mvn verify` when a dependency was added or updated; NoticeTest says when.
"""

import json
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
sbom = json.loads((root / "plugins/cli/target/tessera-sbom.json").read_text(encoding="utf-8"))
MARK = "Libraries that are shipped, from the bill of materials of the build:\n"


def licence(component):
    names = []
    for each in component.get("licenses", []):
        entry = each.get("license", {})
        names.append(entry.get("id") or entry.get("name") or each.get("expression", "?"))
    return " or ".join(sorted(set(names))) or "see the library"


lines = {
    f"{each['group']}:{each['name']} {each['version']} ({licence(each)})"
    for each in sbom["components"]
    if each.get("group") != "org.tessera"
}
notice = root / "NOTICE"
head = notice.read_text(encoding="utf-8").split(MARK)[0]
notice.write_text(head + MARK + "\n" + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
print(len(lines), "libraries")
