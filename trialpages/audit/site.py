"""The built site, checked page by page, then as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trialpages.audit.accessibility import check_accessibility
from trialpages.audit.links import PageLinks, check_links, page_links
from trialpages.audit.markup import check_markup
from trialpages.audit.page import BuiltPage
from trialpages.audit.reach import check_reach, stands_apart
from trialpages.audit.versions import PageVersions, check_versions, page_versions
from trialpages.machine.progress import Progress
from trialpages.problems import BusyFailure, CallFailure, Problem
from trialpages.publish.stage import MARKER_FILE


@dataclass(frozen=True, slots=True)
class SiteAudit:
    """What was found on the pages, and how many there are."""

    pages: dict[str, PageLinks]
    problems: tuple[Problem, ...]


def audit_site(site: Path, progress: Progress = lambda *_: None) -> SiteAudit:
    """Check every page of a built site. Raises CallFailure where there is none, BusyFailure where
    a build put another in its place meanwhile."""
    if not (site / MARKER_FILE).is_file():
        hint = "build it first, or name its folder with --site"
        raise CallFailure(
            Problem("no-site", "error", f"there is no built site at {site}", hint=hint)
        )
    folder = site.stat().st_ino
    try:
        found = _audited(site, progress)
    except FileNotFoundError:
        raise _was_built(site) from None
    if not site.exists() or site.stat().st_ino != folder:
        raise _was_built(site)
    return found


def _was_built(site: Path) -> BusyFailure:
    message = f"{site} was built anew while it was checked"
    return BusyFailure(Problem("busy", "error", message, hint="check it again"))


def _audited(site: Path, progress: Progress) -> SiteAudit:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if _is_page(name))
    pages: dict[str, PageLinks] = {}
    problems: list[Problem] = []
    versions: dict[str, PageVersions] = {}
    apart: set[str] = set()
    for done, name in enumerate(names, start=1):
        page = BuiltPage(name, f"{site.name}/{name}", (site / name).read_text("utf-8"))
        pages[name] = page_links(page)
        versions[name] = page_versions(page, pages[name])
        problems += check_page(page)
        if stands_apart(page):
            apart.add(name)
        progress("checking pages", done, len(names))
    reached = check_reach(pages, apart, site.name)
    together = (*check_links(pages, files), *reached, *check_versions(versions))
    return SiteAudit(pages, (*problems, *together))


def _is_page(name: str) -> bool:
    """The site's own pages; Pagefind's and the web form's are made by others."""
    return name.endswith(".html") and not name.startswith(("pagefind/", "admin/"))


def check_page(page: BuiltPage) -> Iterator[Problem]:
    yield from check_markup(page)
    yield from check_accessibility(page)


def without_repeats(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, one of each kind for what a template does wrong on many pages.

    Said of the first page, with the number of the others and the names of some.
    """
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.message), []).append(problem)
    return tuple(_with_count(group) for group in groups.values())


def _with_count(group: list[Problem]) -> Problem:
    first, *others = group
    if not others:
        return first
    pages = "page" if len(others) == 1 else "pages"
    message = f"{first.message} (and {len(others):,} more {pages} like it{_named(group)})"
    return Problem(first.code, first.severity, message, first.where, first.hint)


_NAMED = 5


def _named(group: list[Problem]) -> str:
    """`: site/b.html, site/c.html, …`, the pages of a group's problems after the first."""
    paths = list(dict.fromkeys(problem.where.path for problem in group if problem.where))[1:]
    some = [*paths[:_NAMED], "…"] if len(paths) > _NAMED else paths
    return f": {', '.join(some)}" if some else ""
