"""The index proper: an FTS5 table kept by triggers on SQLite, a generated tsvector on PostgreSQL.

A later migration that alters search_entry on SQLite copies the table: it must make the triggers anew.
"""

from django.db import migrations

COLUMNS = "title, summary, body, places"
NEW = "new.id, new.title, new.summary, new.body, new.places"
OLD = "'delete', old.id, old.title, old.summary, old.body, old.places"
ADD = f"INSERT INTO search_words(rowid, {COLUMNS}) VALUES ({NEW});"  # noqa: S608 - names of ours
TAKE = f"INSERT INTO search_words(search_words, rowid, {COLUMNS}) VALUES ({OLD});"  # noqa: S608
SQLITE = [
    f"CREATE VIRTUAL TABLE search_words USING fts5({COLUMNS}, content='search_entry', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {ADD} END",
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN {TAKE} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN {TAKE} {ADD} END",
]
WEIGHTED = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in zip(COLUMNS.split(", "), "ABCD", strict=True)
)
POSTGRESQL = [
    f"ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS ({WEIGHTED}) STORED",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off)",
]


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
        schema_editor.execute("DROP TABLE search_words")
    else:
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
