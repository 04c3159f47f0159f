"""RO-Crate metadata of a bundle of results: which files it holds, what made them, and how they are made again.

Source: RO-Crate 1.1, https://w3id.org/ro/crate/1.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

METADATA_FILE = "ro-crate-metadata.json"
CRATE_CONTEXT, CRATE_PROFILE = "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1"
LICENCE = "https://spdx.org/licenses/Apache-2.0"
DESCRIPTION = ("Simulated runs, their tables and figures, the settings and cards that made them. An exploration under "
               "assumptions, not a forecast; no real persons. `resilience reproduce` of this file plays it again and "
               "compares every run to the byte.")
MEDIA_TYPES = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".md": "text/markdown",
               ".txt": "text/plain", ".yaml": "application/yaml", ".yml": "application/yaml", ".html": "text/html",
               ".json": "application/json", ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf"}
SOFTWARE_ID, ACTION_ID, ROOT = "#simulator", "#played", "./"


@dataclass(frozen=True)
class CrateFacts:
    """What a bundle is about. command: as typed. date: ISO date of the last run. origin: version, model_version,
    commit. libraries: name to version. seeds: of all runs."""

    name: str
    command: str
    date: str
    origin: Mapping[str, str]
    libraries: Mapping[str, str]
    seeds: Sequence[int]


def build_crate_metadata(folder: Path, names: Iterable[str], facts: CrateFacts) -> bytes:
    """The text of ro-crate-metadata.json for these files of a folder."""
    names = sorted(names)
    files = [_describe_file(folder, name) for name in names]
    parts = [{"@id": name} for name in names]
    root = {"@id": ROOT, "@type": "Dataset", "name": facts.name, "datePublished": facts.date,
            "description": DESCRIPTION,
            "license": {"@id": LICENCE}, "hasPart": parts, "mentions": {"@id": ACTION_ID}}
    own = {"@id": METADATA_FILE, "@type": "CreativeWork", "about": {"@id": ROOT}, "conformsTo": {"@id": CRATE_PROFILE}}
    licence = {"@id": LICENCE, "@type": "CreativeWork", "name": "Apache License 2.0"}
    graph = [own, root, licence, *_describe_making(facts, names), *files]
    page = json.dumps({"@context": CRATE_CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False, sort_keys=True)
    return (page + "\n").encode()


def _describe_making(facts: CrateFacts, names: Sequence[str]) -> list[dict[str, Any]]:
    """The program, its libraries, and the act of playing the runs."""
    inputs = [{"@id": name} for name in names if name.startswith(("settings", "cards/"))]
    results = [{"@id": name} for name in names if not name.startswith(("settings", "cards/"))]
    libraries = [{"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
                 for name, version in sorted(facts.libraries.items())]
    program = {"@id": SOFTWARE_ID, "@type": "SoftwareApplication", "name": "resilience-simulator",
               "softwareVersion": facts.origin.get("package_version", ""),
               "description": f"model {facts.origin.get('model_version')}, commit {facts.origin.get('commit') or '?'}",
               "softwareRequirements": [{"@id": one["@id"]} for one in libraries]}
    action = {"@id": ACTION_ID, "@type": "CreateAction", "name": facts.command, "endTime": facts.date,
              "description": f"seeds {', '.join(map(str, facts.seeds))}", "instrument": {"@id": SOFTWARE_ID},
              "object": inputs, "result": results}
    return [program, *libraries, action]


def _describe_file(folder: Path, name: str) -> dict[str, Any]:
    content = (folder / name).read_bytes()
    return {"@id": name, "@type": "File", "name": PurePosixPath(name).name, "contentSize": str(len(content)),
            "encodingFormat": MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream"),
            "sha256": sha256(content).hexdigest()}
