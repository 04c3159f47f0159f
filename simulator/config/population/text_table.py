"""A CSV or Parquet file as columns of text, with the place of each row for messages."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ..errors import get_system_reason

TABLE_KINDS = (".csv", ".parquet")
SEPARATORS = ",;\t"
MISSING_CELLS = ("", "na", "nan", "none", "null", "n/a", "<na>")
"""Cells that stand for no value, in lower case."""
MAX_HEADER_CHARS = 65536
MAX_REASON = 120


@dataclass(frozen=True)
class TextTable:
    """file: its name. first_line: number of the first row in messages. columns: name to texts, "" where missing.

    word: "line" of a text file or "row" of another.
    """

    file: str
    columns: dict[str, np.ndarray]
    word: str = "line"
    first_line: int = 2

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self.columns.values()), ()))

    def describe_place(self, row: int, column: str = "") -> Message:
        """Where a row stands: file, line, and the column if one is named."""
        where = (Message("{file}, line {line}", file=self.file, line=row + self.first_line) if self.word == "line" else
                 Message("{file}, row {line}", file=self.file, line=row + self.first_line))
        return Message("{where}, column {column}", where=where, column=column) if column else where


def read_text_table(path: Path) -> TextTable:
    """The table of a file. InputError for one that cannot be read, has no rows or names a column twice."""
    try:
        names, found = _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    except OSError as problem:
        raise InputError("{path}: cannot be read ({why}); mend the path or the rights", path=path,
                         why=get_system_reason(problem)) from None
    except UnicodeDecodeError:
        raise InputError("{path}: is no text in UTF-8; save it as CSV UTF-8", path=path) from None
    except Exception as problem:  # DuckDB's errors are many, and so are the ways in which a file may be wrong
        raise InputError("{path}: cannot be read as a table ({why}); expected a CSV with a header, or a Parquet file",
                         path=path, why=_describe_table_error(problem)) from None
    for name in names:
        if names.count(name) > 1:
            raise InputError("{path}: column {word!r} is there twice; keep one", path=path, word=name)
    columns = {name: _clean_cells(values) for name, values in zip(names, found)}
    if not columns or not len(found[0]):
        raise InputError("{path}: has no rows; expected a header and one row each", path=path)
    is_text = path.suffix.lower() != ".parquet"
    return TextTable(path.name, columns, "line" if is_text else "row", 2 if is_text else 1)


def _read_csv(path: Path) -> tuple[list[str], list[np.ndarray]]:
    import duckdb

    with open(path, encoding="utf-8-sig", newline="") as text:
        head = text.readline(MAX_HEADER_CHARS)
    separator = max(SEPARATORS, key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    if not names:
        return [], []
    kinds = {f"c{k}": "VARCHAR" for k in range(len(names))}
    rows = duckdb.execute("SELECT * FROM read_csv(?, delim=?, header=true, quote='\"', escape='\"', columns=?, "
                          "auto_detect=false, nullstr='', encoding='utf-8')", [str(path), separator, kinds])
    return names, [_unmask(values) for values in rows.fetchnumpy().values()]


def _read_parquet(path: Path) -> tuple[list[str], list[np.ndarray]]:
    import duckdb

    if not path.is_file():
        raise FileNotFoundError(2, "No such file or directory")
    described = duckdb.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    names = [str(row[0]) for row in described]
    plain = [name for name, row in zip(names, described) if row[1] not in ("BLOB", "GEOMETRY")]
    quoted = ['"' + name.replace('"', '""') + '"' for name in plain]
    cells = ", ".join(f"CAST({name} AS VARCHAR)" for name in quoted)
    rows: Any = duckdb.execute(f"SELECT {cells} FROM read_parquet(?)", [str(path)])
    return plain, [_unmask(values) for values in rows.fetchnumpy().values()]


def _unmask(values: Any) -> np.ndarray:
    return values.filled("") if isinstance(values, np.ma.MaskedArray) else np.asarray(values)


def _clean_cells(values: np.ndarray) -> np.ndarray:
    """Texts without blanks around them, "" where missing."""
    texts = np.strings.strip(values.astype(str))
    missing = np.isin(np.strings.lower(texts), MISSING_CELLS)
    return np.where(missing, "", texts)


def _describe_table_error(problem: Exception) -> Message:
    """Why DuckDB could not read a table, with the line of the file if it names one."""
    text = str(problem)
    line = re.search(r"Line: (\d+)", text)
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text)
    why = (Message("{found} columns where the first line has {expected}", found=columns[2], expected=columns[1])
           if columns else Message("a quote that is opened and not closed") if "quote" in text.lower() else
           Message("it is no whole Parquet file") if "parquet" in text.lower() else
           Message("a sign that is no UTF-8") if "utf" in text.lower() else
           Message("its lines do not have the same columns, or it is another kind of file"))
    return Message("line {line}: {why}", line=line[1], why=why) if line else why


def find_table_file(folder: Path, stem: str) -> Path | None:
    """The one file .csv or .parquet of the folder with this name, None without. InputError if there are both."""
    found = [folder / f"{stem}{kind}" for kind in TABLE_KINDS if (folder / f"{stem}{kind}").is_file()]
    if len(found) > 1:
        raise InputError("{path}: holds {names}; keep one", path=folder, names=tuple(one.name for one in found))
    return found[0] if found else None
