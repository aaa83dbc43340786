"""Tables whose rows are written once: a trigger refuses to change or delete them."""


def statements(dialect: str, table: str) -> list[str]:
    """The statements that make the table append-only on this database."""
    name = f"{table}_append_only"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{name}'; END $$",
        f'CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
    ]


def trigger_names(dialect: str, table: str) -> list[str]:
    """The triggers that must be there."""
    name = f"{table}_append_only"
    return [f"{name}_update", f"{name}_delete"] if dialect == "sqlite" else [name]


def drop_statements(dialect: str, table: str) -> list[str]:
    name = f"{table}_append_only"
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}_{verb}" for verb in ("update", "delete")]
    return [f'DROP TRIGGER {name} ON "{table}"', f"DROP FUNCTION {name}()"]
