"""Of the files as they lie on the disk."""

from __future__ import annotations

import hashlib
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


def _foreign(site: Site) -> Change:
    return Change({"assets/media/passwd.png": b"root:x:0:0", "sources/key.txt": b"secret"})


@truth(
    "Every published picture, style sheet, script and source file is, to the byte, one that lies in "
    "content/ or theme/, or is made from them",
    things="files",
    scope=Scope.SITE,
    mutations=(_foreign,),
)
def nothing_foreign_is_published(site: Site) -> Answers:
    known = {
        hashlib.sha256(path.read_bytes()).digest()
        for folder in (site.content / "media", site.content / "sources", PROJECT / "theme")
        for path in folder.rglob("*")
        if path.is_file() and path.resolve().is_relative_to(folder.resolve())
    }
    for folder in {path.parent for path in (PROJECT / "theme").glob("*/*.js")}:  # published as one
        known.add(
            hashlib.sha256(b"".join(map(Path.read_bytes, sorted(folder.glob("*.js"))))).digest()
        )
    for path in site.paths:
        if path.startswith(("assets/", "sources/")) and "colours" not in path:
            digest = hashlib.sha256(site.read(path)).digest()
            yield answer(digest in known, path, "is no file of content/ or theme/")


@truth(
    "Nothing published is a link to another place of the disk",
    things="files",
    scope=Scope.SITE,
    mutations=(lambda site: Change(modes={"index.html": 0o120777}),),
)
def nothing_is_a_link(site: Site) -> Answers:
    for path in site.paths:
        yield answer(site.mode(path) < 0o10000, path, "is a link")
