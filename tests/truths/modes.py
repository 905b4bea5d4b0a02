"""Of the files as they lie on the disk."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sites import PROJECT

from truths.register import Answers, Change, Scope, answer, truth
from truths.site import Site


@truth(
    "Every file can be read by all and written by its owner alone, every folder be entered, "
    "whatever the umask of who builds",
    things="files and folders",
    scope=Scope.SITE,
    mutations=(
        lambda site: Change(modes={"index.html": 0o600}),
        lambda site: Change(modes={"trials": 0o700}),
        lambda site: Change(modes={"about.html": 0o664}),
    ),
)
def modes_are_the_same(site: Site) -> Answers:
    folders = {str(above) for path in site.paths for above in Path(path).parents}
    for path in site.paths:
        yield answer(site.mode(path) == 0o644, path, f"has the mode {site.mode(path):o}")
    for path in sorted(folders):
        yield answer(site.mode(path) == 0o755, path, f"the folder has the mode {site.mode(path):o}")


_REMARK_BEHIND = re.compile(rb"([^'\"`/]*[^'\"`/\s])\s+// ")


def _foreign(site: Site) -> Change:
    return Change({"assets/media/passwd.png": b"root:x:0:0", "sources/key.txt": b"secret"})


def _foreign_line(site: Site) -> Change:
    path = next(path for path in site.paths if path.endswith(".js"))
    return Change({path: site.read(path) + b"fetch('https://elsewhere.example')\n"})


@truth(
    "Every published picture, style sheet and source file is, to the byte, one that lies in "
    "content/ or theme/, or those of theme/ that the search page has as one, and every line of a "
    "script but for its indentation and a remark behind it a line of theme/",
    things="files",
    scope=Scope.SITE,
    mutations=(_foreign, _foreign_line),
)
def nothing_foreign_is_published(site: Site) -> Answers:
    known = {
        hashlib.sha256(path.read_bytes()).digest()
        for folder in (site.content / "media", site.content / "sources", PROJECT / "theme")
        for path in folder.rglob("*")
        if path.is_file() and path.resolve().is_relative_to(folder.resolve())
    }
    scripts = (path.read_bytes() for path in (PROJECT / "theme").rglob("*.js"))
    lines = {line.strip() for script in scripts for line in script.splitlines()}
    lines |= {match[1] for line in lines if (match := _REMARK_BEHIND.match(line))}
    styles = ((PROJECT / f"theme/{name}.css").read_bytes() for name in ("site", "search", "print"))
    of_search = b"%s%s@media print {\n%s}\n" % tuple(styles)
    known.add(hashlib.sha256(of_search).digest())
    for path in site.paths:
        if path.startswith(("assets/", "sources/")) and "colours" not in path:
            content = site.read(path)
            ours = hashlib.sha256(content).digest() in known
            if path.endswith(".js"):
                ours = all(line.strip() in lines for line in content.splitlines())
            yield answer(ours, path, "is no file of content/ or theme/")
