"""How the database finds what it is asked for: by an index and within bounds, or not."""

import json
from typing import Any

from sqlalchemy import Engine

from tools.bench.recording import Recording, Step

INDEX = "ix_claim_equipment_id_starts_at_ends_at_quantity"
BY_SOURCE = "ix_claim_kind_source_id"


def searches_of_claims(recording: Recording) -> list[Step]:
    """The SELECTs that read claims, each statement once."""
    found = {step.statement: step for step in recording.selects if "claim" in (step.statement or "")}
    return list(found.values())


def faults(engine: Engine, step: Step) -> list[str]:
    """What is wrong with the plan of a search: claims read from end to end, without bounds, or by kind."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if engine.dialect.name == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {step.statement}", step.parameters)
            return _sqlite_faults([row[3] for row in cursor.fetchall()])
        cursor.execute(f"EXPLAIN (FORMAT JSON) {step.statement}", step.parameters)
        (plan,) = cursor.fetchone() or ([],)
        return _postgresql_faults(plan if isinstance(plan, list) else json.loads(plan))
    finally:
        connection.rollback()
        connection.close()


def _sqlite_faults(lines: list[str]) -> list[str]:
    """A line reads 'SEARCH claim USING INDEX … (equipment_id=? AND starts_at>? AND starts_at<?)'."""
    claims = [line for line in lines if line.split()[1:2] == ["claim"]]
    return [line for line in claims if line.startswith("SCAN") or _reads_too_much(line)]


def _reads_too_much(line: str) -> bool:
    """Without both bounds in time, or by the kind alone: every booking there ever was."""
    if INDEX in line:
        return not ("starts_at>?" in line and "starts_at<?" in line)
    return BY_SOURCE in line and "source_id=?" not in line


def _postgresql_faults(node: Any) -> list[str]:
    if isinstance(node, list):
        return [fault for inner in node for fault in _postgresql_faults(inner)]
    if not isinstance(node, dict):
        return []
    found = []
    if node.get("Relation Name") == "claim":
        kind, bounds = node["Node Type"], str(node.get("Index Cond", ""))
        if "Seq Scan" in kind or (node.get("Index Name") == INDEX and bounds.count("starts_at") < 2):
            found.append(f"{kind} {bounds}")
    return [*found, *(fault for inner in node.values() for fault in _postgresql_faults(inner))]
