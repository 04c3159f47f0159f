"""`resilience compact`: merges the small files of many runs into one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....config.errors import UsageError
from ....i18n.translation import translate
from ....studies.store import Store
from ....studies.store_compaction import StoreInUseError, compact_store
from ...cli.results_arguments import check_argument_count, open_named_results, parse_whole_settings

if TYPE_CHECKING:
    from ...cli.main import CommandLine


def command(line: CommandLine) -> int:
    """Compact the folder and print what was done. UsageError while runs are being played there."""
    parse_whole_settings("compact", line.arguments, {})
    check_argument_count(line.arguments, 1, "compact")
    folder = open_named_results("compact", line.arguments).folder
    try:
        count, part = compact_store(Store(folder))
    except StoreInUseError:
        raise UsageError("another process is playing runs there; compact the folder when it has finished") from None
    lang = line.lang
    print(translate("{count} runs put into {file}", lang, count=count, file=part) if part
          else translate("nothing to compact", lang))
    return 0
