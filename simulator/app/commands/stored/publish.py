"""`resilience publish FOLDER to=site`: a stored comparison or study as one folder of static files to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ....config.errors import UsageError, get_system_reason, to_usage_error
from ....config.run_choices import check_threshold
from ...cli.results_arguments import check_argument_count, open_named_results, parse_text_settings

if TYPE_CHECKING:
    from ...cli.main import CommandLine

SETTINGS = ("to", "lang", "worth")


def command(line: CommandLine) -> int:
    """Write the page; the path of its index.html is the last line printed. Nothing is simulated."""
    options = parse_text_settings("publish", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1, "publish")
    results = open_named_results("publish", line.arguments)
    folder = Path(options.get("to") or results.folder / "site")
    if "worth" in options:
        check_threshold(options["worth"])
    from ....dashboard.site.page import PAGE_NAME, MissingLibraryError, render_site, write_site

    _check_target(folder)
    try:
        content = render_site(results, line.lang, options.get("worth"))
    except MissingLibraryError as problem:
        raise to_usage_error(problem) from None
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    try:
        write_site(content, folder)
    except OSError as problem:
        raise UsageError("{name} = {path}: cannot be written ({why}); choose a folder you may write to", name="to",
                         path=folder, why=get_system_reason(problem)) from None
    print(folder / PAGE_NAME)
    return 0


def _check_target(folder: Path) -> None:
    """UsageError unless the folder is new, empty, or holds an earlier page and nothing else."""
    from ....dashboard.site.page import is_published_folder

    try:
        if not folder.exists() or folder.is_dir() and (not any(folder.iterdir()) or is_published_folder(folder)):
            return
    except OSError as problem:
        raise UsageError("{name} = {path}: cannot be written ({why}); choose a folder you may write to", name="to",
                         path=folder, why=get_system_reason(problem)) from None
    raise UsageError("to = {path}: there is something else than a published page; choose a new folder", path=folder)
