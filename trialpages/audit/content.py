"""The content, checked without building: what stops a build, and what only looks wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trialpages.audit.contacts import check_contacts
from trialpages.audit.freshness import check_freshness
from trialpages.audit.front_lines import check_front_lines
from trialpages.audit.identifiers import check_lines, check_pmids
from trialpages.audit.our_sites import check_our_sites
from trialpages.audit.overtaken import check_bases, check_deleted, check_overtaken
from trialpages.audit.own_links import OwnFiles, check_menus, check_own_links
from trialpages.audit.pictures import check_pictures
from trialpages.audit.positions import check_positions
from trialpages.audit.reading_grade import check_grade
from trialpages.audit.repeated import check_repeated
from trialpages.changes.corrections import corrections, status_at_registry
from trialpages.content.accepting import look_at_imported, look_at_results
from trialpages.content.content_file import read_file
from trialpages.content.reading import ContentSources, SourceFile, read_content, read_templates
from trialpages.content.trial_folder import read_names
from trialpages.content.writing import check_unfinished
from trialpages.pages import in_languages
from trialpages.pages.curated import read_curated
from trialpages.pages.editorial import Editorial
from trialpages.pages.own_pages import OWN_PAGES
from trialpages.pages.own_templates import check_asked
from trialpages.phases.around import check_around, read_settings
from trialpages.phases.as_it_came import path_as_it_came, read_as_it_came
from trialpages.problems import CallFailure, ContentFailure, Problem, Where, first_of_each
from trialpages.prose.excess import check_excess
from trialpages.prose.own_links import Place
from trialpages.records.checks import check_together, check_trial, located
from trialpages.records.joined import Claimant, check_joined
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import (
    address_of,
    how_to_fetch,
    numbers_elsewhere,
    other_ids,
)
from trialpages.records.trial_file import TrialFile, read_trial
from trialpages.settings.site_file import Site
from trialpages.text.file_text import decode, split_file
from trialpages.text.files import QUERIES, SourcePath
from trialpages.text.unseen_signs import check_unseen


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files to speak of: all of them where none are named."""

    content: Path
    paths: frozenset[Path]

    def holds(self, path: str) -> bool:
        """Whether a file, by the path the messages use, or a folder around it was named."""
        file = (self.content.parent / path).resolve()
        return not self.paths or bool(self.paths & {file, *file.parents})


def audit_content(
    content: Path, paths: Iterable[Path], today: date, templates: Path = Path("templates")
) -> tuple[Problem, ...]:
    """Every problem of the content, or of the files named among it.

    Only the files named are read whole, so that a check before a commit is quick; other trials
    count by their files' names. Raises as `read_content` does, and CallFailure for a path that
    leads nowhere in the content.
    """
    named = tuple(paths)
    scope = Selection(content, frozenset(path.resolve() for path in named))
    sources, drawn_by = read_content(content), read_templates(templates)
    site, site_problems = read_settings(sources)
    known = {file.path.rpartition("/")[2].rpartition(".")[0] for file in sources.trials}
    contents = {file.path: read_file(file) for file in sources.trials if scope.holds(file.path)}
    disk = {file.path: file for file in sources.trials}
    files = [read_trial(read, path) for path, read in contents.items()]
    names = _names(sources.pages)
    pages, lists = {*names, *OWN_PAGES}, _names(sources.lists)
    own = OwnFiles(known, pages, lists, lambda: read_names(content / "trials").aliases)
    found = [*_together(files, disk, scope), *_our_sites(site, sources, scope, files)]
    for file in files:
        found += file.problems
        if file.trial:
            found += check_trial(file.trial, file.path)
            found += _look(file.trial, file.path, contents[file.path], known, site.language)
            found += _beside_record(file.trial, disk[file.path], contents[file.path], today)
            found += _summaries(file.trial, file.path, contents[file.path], own, site)
    around = (*site_problems, *_around(site, sources, names, drawn_by))
    found += [problem for problem in around if problem.where and scope.holds(problem.where.path)]
    found += _every_page(site, sources, scope, own)
    found += _pages(sources, scope, own, site.languages[1:], drawn_by)
    found += _results(sources.results.values(), scope)
    found += _wishes(content, scope)
    found += check_unfinished(content)
    found += check_overtaken(content, scope.holds)
    found += check_bases(content, scope.holds)
    found += check_deleted(content, scope.holds)
    found += _unchecked(named, content, sources)
    return located(first_of_each(found), contents.__getitem__)


def _names(files: Iterable[SourceFile]) -> set[str]:
    return {file.name.removesuffix(".md") for file in files}


def _unchecked(named: Iterable[Path], content: Path, sources: ContentSources) -> Iterator[Problem]:
    """What was named to be checked, and isn't a file of the content. Raises CallFailure for what
    lies outside it."""
    known = {sources.site_path, (content / QUERIES).relative_to(content.parent).as_posix()}
    known |= {file.path for file in (*sources.trials, *sources.results.values())}
    known |= {file.path for file in (*sources.pages, *sources.lists, *sources.media)}
    known |= {stray.path for stray in sources.strays}
    reached = {place for path in known for place in _with_parents(content.parent / path)}
    for path in named:
        whole = path.resolve()
        if whole in reached:
            continue
        message = f"{path} was not checked: it is no file of {content} that pages are made of"
        if not whole.is_relative_to(content.resolve()):
            hint = "name files or folders below it, or another folder with --content"
            raise CallFailure(Problem("not-checked", "error", message, hint=hint))
        hint = "nothing is made of it, so there is nothing to check"
        yield Problem("not-checked", "warning", message, None, hint)


def _with_parents(path: Path) -> tuple[Path, ...]:
    whole = path.resolve()
    return (whole, *whole.parents)


def _claims(files: Iterable[TrialFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ids and aliases of each file's trial."""
    for file in files:
        if file.trial:
            yield file.path, (file.trial.nct_id, *other_ids(file.trial))


def _together(
    files: Sequence[TrialFile], disk: Mapping[str, SourcePath], scope: Selection
) -> Iterator[Problem]:
    """Numbers that two files claim, and what may deceive of `also:`: the files that it names are
    read, too, whichever are asked of."""
    yield from check_together(_claims(files))
    read = {file.path: file.trial for file in files if file.trial}
    named = {address_of(number) for trial in read.values() for number in trial.also}
    for path in disk.keys() - read.keys() if named else ():
        if address_of(path.rpartition("/")[2].rpartition(".")[0]) in named:
            other = read_trial(read_file(disk[path]), path).trial
            read |= {path: other} if other else {}
    claimants = (
        Claimant(path, one.nct_id, one.overall_status, numbers_elsewhere(one), one.also)
        for path, one in sorted(read.items())
    )
    found = check_joined(claimants)
    yield from (one for one in found if one.where and scope.holds(one.where.path))


def _around(
    site: Site, sources: ContentSources, pages: Collection[str], read: Mapping[str, str]
) -> Iterator[Problem]:
    """What is around the trials, and pictures that nothing shows."""
    yield from check_around(site, sources, pages, read)
    yield from check_pictures(sources, read)


def _every_page(
    site: Site, sources: ContentSources, scope: Selection, own: OwnFiles
) -> Iterator[Problem]:
    """What the head and the foot of every page link to."""
    if sources.site and scope.holds(path := sources.site_path):
        whole = decode(sources.site.content, path)[0] or ""
        yield from check_own_links(site.footer, "", own, whole, path)
        yield from check_menus(site, whole, path)


def _pages(
    sources: ContentSources,
    scope: Selection,
    own: OwnFiles,
    others: Collection[str],
    templates: Collection[str],
) -> Iterator[Problem]:
    """The pages of the site's own, and the lists; in its `others` languages too."""
    media = {file.name for file in sources.media}
    for file in filter(lambda file: scope.holds(file.path), sources.pages):
        name = file.name.removesuffix(".md")
        page, problems = in_languages.read_page_in(file.content, name, file.path, media, others)
        yield from problems
        if page:
            yield from check_asked([page.asked], templates)
            yield from in_languages.check_alone([page], _names(sources.pages), "pages")
            yield from _written(page, "pages", file, own)
    for file in filter(lambda file: scope.holds(file.path), sources.lists):
        name = file.name.removesuffix(".md")
        page, problems = _list_page(name, file, media, others)
        yield from problems
        if page:
            yield from in_languages.check_alone([page], _names(sources.lists), "lists")
            yield from _written(page, "lists", file, own)


def _list_page(
    name: str, file: SourceFile, media: Collection[str], others: Collection[str]
) -> tuple[Editorial | None, tuple[Problem, ...]]:
    """The title and introduction of a list."""
    if in_languages.name_and_language(name, others)[1]:
        return in_languages.read_introduction(file.content, name, file.path, media, others)
    one, problems = read_curated(file.content, name, file.path, media)
    return (one.page if one else None), problems


def _written(page: Editorial, place: Place, file: SourceFile, own: OwnFiles) -> Iterator[Problem]:
    whole = decode(file.content, file.path)[0] or ""
    yield from check_unseen(whole, file.path)
    yield from check_own_links(page.text, place, own, whole, file.path)


def _our_sites(
    site: Site, sources: ContentSources, scope: Selection, files: Iterable[TrialFile]
) -> Iterator[Problem]:
    """What site.yaml calls the editor's own institutions, where all trials are looked at."""
    if sources.site and not scope.paths:
        whole = decode(sources.site.content, sources.site_path)[0] or ""
        trials = [file.trial for file in files if file.trial]
        if trials and all(file.trial for file in files):  # else the place may be of one unread
            yield from check_our_sites(site, trials, whole, sources.site_path)


def _results(results: Iterable[SourcePath], scope: Selection) -> Iterator[Problem]:
    for file in results:
        if scope.holds(file.path):
            yield from look_at_results(read_file(file), file.path)


def _wishes(content: Path, scope: Selection) -> Iterator[Problem]:
    """What `sync` is asked for, in queries.yaml."""
    path = content / QUERIES
    shown = path.relative_to(content.parent).as_posix()
    if path.exists() and scope.holds(shown):
        from trialpages.keeping.wishes import wishes_in

        yield from wishes_in(read_file(SourcePath(shown, str(path))), shown)[1]


def _look(
    trial: Trial, path: str, content: bytes, known: Collection[str], language: str
) -> Iterator[Problem]:
    """What looks wrong in a trial's file that can be read."""
    text, _ = decode(content, path)
    split = split_file(text or "", path)
    if text is None or isinstance(split, Problem):
        return
    yield from check_front_lines(split[0], split[1], path)
    yield from check_excess(trial, content, path)
    yield from check_lines(text, path)
    yield from check_unseen(text, path)
    yield from check_pmids(trial, path)
    yield from check_positions(trial, path)
    yield from check_repeated(trial, path)
    yield from _check_related(trial, path, known)
    yield from _check_elsewhere(trial, path, known)
    yield from check_grade(trial, path, language)


def _beside_record(
    trial: Trial, file: SourcePath, content: bytes, today: date
) -> Iterator[Problem]:
    """What looks wrong of an editor's corrections, and what has gone stale."""
    try:
        came = read_as_it_came(file, content)
    except ContentFailure as failure:
        yield from (*failure.problems, *check_freshness(trial, None, file.path, today))
        return
    said, unsaid = look_at_imported(came, path_as_it_came(file).path)
    yield from unsaid
    yield from check_contacts(trial, said, file.path)
    there = status_at_registry(corrections(trial, said)) if came else None
    yield from check_freshness(trial, there, file.path, today)


def _summaries(
    trial: Trial, path: str, content: bytes, own: OwnFiles, site: Site
) -> Iterator[Problem]:
    """What a summary in plain words links to, in each language, and what the site adds to the
    record; a summary that no page shows."""
    yield from _unshown_summaries(trial, path, site)
    summary = trial.plain_language_summary
    others = [one.text for one in summary.translations] if summary else []
    said = [summary.text, *others] if summary else []
    said += [text for texts in trial.ours.values() for text in texts]
    for text in filter(None, said):
        whole = decode(content, path)[0] or ""
        yield from check_own_links(text, "trials", own, whole, path)


def _unshown_summaries(trial: Trial, path: str, site: Site) -> Iterator[Problem]:
    """Summaries in languages that the site has no pages in."""
    summary = trial.plain_language_summary
    for at, one in enumerate(summary.translations if summary else ()):
        if one.language not in site.languages[1:]:
            field = ("plain_language_summary", "translations", at, "language")
            message = f"no page shows this summary: the site has no other language {one.language}"
            hint = "add it to `languages` in site.yaml, or mend the code"
            yield Problem("no-such-language", "warning", message, Where(path, field=field), hint)


def _check_related(trial: Trial, path: str, known: Collection[str]) -> Iterator[Problem]:
    """Related trials that are neither here nor at the registry that a page can link to."""
    for index, related in enumerate(trial.related_trials):
        where = Where(path, field=("related_trials", index, "nct_id"))
        if related.nct_id == trial.nct_id:
            message = f"{related.nct_id} is this trial itself"
            yield Problem("related-self", "warning", message, where, "remove it")
        elif related.nct_id not in known and not related.nct_id.startswith("NCT"):
            message = f"{related.nct_id} is no trial of this site, so nothing can link to it"
            hint = "mend its number, or add its file"
            yield Problem("related-nowhere", "warning", message, where, hint)


def _check_elsewhere(trial: Trial, path: str, known: Collection[str]) -> Iterator[Problem]:
    """Numbers of its own at other registries under which this site has a trial, too; and those
    that an editor says are of it, where there is none."""
    here, said = set(map(address_of, known)), set(map(address_of, trial.also))
    for number in numbers_elsewhere(trial):
        if address_of(number) in here - said:
            message = f"its record gives {number} as its own, and that trial is here too"
            hint = f"the pages lead to each other; `also: [{number}]` makes one trial of them"
            yield Problem("twice-registered", "warning", message, Where(path), hint)
    for index, number in enumerate(trial.also):
        where = Where(path, field=("also", index))
        if address_of(number) == address_of(trial.nct_id):
            message = f"{number} is this trial itself"
            yield Problem("also-self", "warning", message, where, "remove it")
        elif address_of(number) not in here:
            message = f"{number} is no trial of this site, so it isn't shown with this one"
            yield Problem("also-nowhere", "warning", message, where, how_to_fetch(number))
