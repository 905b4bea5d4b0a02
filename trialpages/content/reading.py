"""The build's first end: everything it reads from the disk, read once, as values."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from trialpages.content.apart import refuse_together
from trialpages.content.content_file import read_beginning, read_file
from trialpages.content.listing import Listing, list_content, list_folder
from trialpages.content.strays import FOLDERS, Stray, is_read
from trialpages.problems import CallFailure, ContentFailure, MachineFailure, Problem, Where, visible
from trialpages.text.commands import command
from trialpages.text.file_text import merge_marks, with_plain_ends
from trialpages.text.files import (
    OWN,
    PICTURES,
    QUERIES,
    RESULTS,
    SOURCES,
    TRIAL_SUFFIXES,
    SourcePath,
)


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a site's making.

    Making one raises CallFailure where the site's lies inside another, or holds it.
    """

    content: Path
    templates: Path
    theme: Path
    site: Path

    def __post_init__(self) -> None:
        refuse_together(self.site, self.sources)

    @property
    def sources(self) -> Mapping[str, Path]:
        """What the site is made from, by the option that names it."""
        return {"content": self.content, "templates": self.templates, "theme": self.theme}


@dataclass(frozen=True, slots=True)
class SourceFile:
    path: str
    """As the messages call it, with slashes: `content/trials/NCT01234567.md`."""
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ContentSources:
    """The files of content/: the small ones read, the trials by name."""

    site: SourceFile | None
    trials: tuple[SourcePath, ...]
    results: Mapping[str, SourcePath]
    """Posted results by what the trial's files are called."""
    pages: tuple[SourceFile, ...]
    lists: tuple[SourceFile, ...]
    """Lists of trials that an editor chose."""
    originals: Mapping[str, SourceFile]
    """What records were imported from (`content/sources/`), by name."""
    media: tuple[SourceFile, ...]
    """Pictures of the editor's own: the logo."""
    site_path: str
    """site.yaml as the messages call it, whether it is there or not."""
    strays: tuple[Stray, ...]
    """Files that nothing is made of."""


@dataclass(frozen=True, slots=True)
class Sources(ContentSources):
    """Everything a build is made from."""

    templates: Mapping[str, str]
    theme: Mapping[str, bytes]


def read_sources(folders: Folders) -> Sources:
    """Read content, templates and theme.

    Raises CallFailure where a folder is missing, ContentFailure for files that can't be read as
    what they are, MachineFailure where the disk fails.
    """
    _folder(folders.content, "--content")
    content = read_content(folders.content)
    return Sources(
        site=content.site,
        trials=content.trials,
        results=content.results,
        pages=content.pages,
        lists=content.lists,
        originals=content.originals,
        media=content.media,
        site_path=content.site_path,
        strays=content.strays,
        templates=read_templates(folders.templates),
        theme={file.name: file.content for file in _overlaid(folders.theme, "theme")},
    )


def read_templates(folder: Path) -> Mapping[str, str]:
    """The templates and words by name, those of the folder over the shipped ones. Raises as
    `read_sources` does."""
    return {file.name: _text(file) for file in _overlaid(folder, "templates")}


def read_content(folder: Path) -> ContentSources:
    """Read the content alone. Raises as `read_sources` does."""
    content = _content_folder(folder)
    listing = list_content(content)
    trials, folders = listing.folders["trials"], listing.folders
    sidecars = (file for file in trials if file.path.endswith(RESULTS))
    site = SourcePath(f"{_shown(content)}site.yaml", str(content / "site.yaml"))
    return ContentSources(
        site=_read(site, content) if "site.yaml" in listing.beside else None,
        trials=tuple(file for file in trials if file.path.endswith(TRIAL_SUFFIXES)),
        results=_by_trial(sidecars),
        pages=_read_all(folders["pages"], content / "pages", ".md"),
        lists=_read_all(folders["lists"], content / "lists", ".md"),
        originals={
            file.name: file for file in _read_all(folders["sources"], content / "sources", SOURCES)
        },
        media=_read_all(folders["media"], content / "media", PICTURES),
        site_path=site.path,
        strays=tuple(_strays(content, listing)),
    )


def _shown(content: Path) -> str:
    """What stands before the names of its files in messages."""
    return f"{visible(content.name)}/" if content.name else ""


def _content_folder(folder: Path) -> Path:
    """The folder, if something of a site is in it."""
    content = _folder(folder, "--content")
    if not any((content / name).exists() for name in ("site.yaml", "trials", "pages")):
        message = f"there is nothing of a site in {content}: no site.yaml, no trials/, no pages/"
        hint = f"name the folder that has them with --content, or begin one: `{command('init')}`"
        raise CallFailure(Problem("no-content", "error", message, hint=hint))
    return content


def _strays(content: Path, listing: Listing) -> Iterator[Stray]:
    """What in content/ nothing is made of, posted results without their trial among it."""
    trials = listing.folders["trials"]
    known = {Path(file.path).stem for file in trials if file.path.endswith(TRIAL_SUFFIXES)}
    others = (listing.folders[name] for name in sorted(FOLDERS - {"trials"}))
    for file in (*trials, *chain.from_iterable(others)):
        name = Path(file.disk).relative_to(content).as_posix()
        orphan = name.endswith(RESULTS) and Path(name).name.removesuffix(RESULTS) not in known
        if orphan or not is_read(name):
            yield Stray(file.path, name, name.startswith("trials/") and _begins_as_trial(file))
    for name in sorted(listing.beside):
        stray = Stray(f"{_shown(content)}{name.rstrip('/')}", name)
        if name.endswith("/") or (
            name not in _BESIDE and name.lower().endswith((".md", ".yaml", ".yml"))
        ):
            yield stray


def _begins_as_trial(file: SourcePath) -> bool:
    try:
        return read_beginning(file, 6).removeprefix(BOM_UTF8).startswith(b"---")
    except (ContentFailure, MachineFailure):
        return False


_BESIDE = ("site.yaml", QUERIES, "README.md")


def _by_trial(files: Iterable[SourcePath]) -> Mapping[str, SourcePath]:
    """The same by trial. Raises ContentFailure where one has two of them."""
    found: dict[str, SourcePath] = {}
    for file in files:
        name = Path(file.path).name.removesuffix(RESULTS)
        if (first := found.setdefault(name, file)) is not file:
            message = f"{name} has posted results in {first.path} already"
            hint = "remove one of the two files"
            raise ContentFailure(
                Problem("duplicate-results", "error", message, Where(file.path), hint)
            )
    return found


def shipped(name: str) -> Path:
    """The folder of `templates` or `theme` that comes with the program.

    In a wheel it lies inside the package; in the repository beside it, where people edit it.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def shipped_files(name: str) -> tuple[SourceFile, ...]:
    """The files of `templates` or `theme` that come with the program, by name."""
    return _files(shipped(name))


def own_files(folder: Path, name: str) -> tuple[SourceFile, ...]:
    """Those that a site has of its own, in a folder that stands over the shipped one."""
    if not folder.is_dir() or folder.resolve() == shipped(name):
        return ()
    return _files(folder)


def _overlaid(folder: Path, name: str) -> tuple[SourceFile, ...]:
    """The shipped files, with those of the folder in place of the ones that have their names.

    There need be no folder, unless another than the usual one was asked for.
    """
    if not folder.is_dir() and folder == Path(name):
        return shipped_files(name)
    _refuse_other_kind(_folder(folder, f"--{name}"), name)
    if folder.resolve() == shipped(name):
        return _files(folder)
    own = own_files(folder, name)
    files = {file.name: file for file in shipped_files(name)}
    files |= {_own_name(file.name, files): file for file in own}
    return tuple(replace(files[key], name=key) for key in sorted(files))


def _own_name(name: str, shipped: Collection[str]) -> str:
    """What a file of the site's own goes by: words stand over the shipped ones and may be few, any
    other file takes the place of the shipped one."""
    return f"{OWN}{name}" if name.startswith("strings/") and name in shipped else name


def _refuse_other_kind(folder: Path, name: str) -> None:
    """A folder that was asked for and holds nothing of its kind was named by mistake."""
    if folder == Path(name):
        return
    known = (path.relative_to(shipped(name)) for path in shipped(name).rglob("*"))
    if not any((folder / path).exists() for path in (*known, *EXTRAS)):
        message = (
            f"{folder} takes the place of nothing: no file in it has the name of a shipped one"
        )
        hint = f"name the folder of {_EXPECTED[name]} with --{name}, or leave --{name} out"
        raise CallFailure(Problem(f"no-{name}", "error", message, hint=hint))


EXTRAS = (Path("extra.css"), Path("extra.js"))
"""What a site's own theme may have beside the shipped: each page links them."""

_EXPECTED = {
    "content": "site.yaml and trials/",
    "templates": "base.html, trial.html … or strings/<language>.yaml",
    "theme": "extra.css, site.css, favicon.svg …",
}


def _folder(path: Path, option: str) -> Path:
    if path.is_dir():
        return path
    what = _EXPECTED[option.removeprefix("--")]
    message = f"there is no folder {path}, which should hold {what}"
    hint = f"run this where the project is, or name the folder with {option}"
    raise CallFailure(Problem("no-folder", "error", message, hint=hint))


def _files(folder: Path) -> tuple[SourceFile, ...]:
    """All files of a folder and the folders in it, by name; hidden and editors' files left out."""
    return _read_all(list_folder(folder), folder, "")


def _read_all(
    files: Iterable[SourcePath], folder: Path, suffix: str | tuple[str, ...]
) -> tuple[SourceFile, ...]:
    """Those of the files of a folder that have the ending."""
    return tuple(_read(file, folder) for file in files if file.path.endswith(suffix))


def _read(file: SourcePath, folder: Path) -> SourceFile:
    name = Path(file.disk).relative_to(folder).as_posix()
    return SourceFile(file.path, name, with_plain_ends(read_file(file), name))


def _text(file: SourceFile) -> str:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise ContentFailure(
            Problem("not-utf-8", "error", "not UTF-8", Where(file.path, line), "save it as UTF-8")
        ) from None
    if marks := merge_marks(text, file.path):
        raise ContentFailure(marks)
    return text
