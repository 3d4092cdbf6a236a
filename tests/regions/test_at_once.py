"""Migrations that do many things at once leave the database as the models say."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.operations import AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from regions.at_once import AtOnce

OURS = [
    model
    for app in ("regions", "accounts", "programs", "donations")
    for model in apps.get_app_config(app).get_models()
]


@pytest.mark.django_db
def test_every_table_has_the_columns_constraints_and_indexes_of_its_model() -> None:
    with connection.cursor() as cursor:
        for model in OURS:
            table = model._meta.db_table
            columns = {
                column.name for column in connection.introspection.get_table_description(cursor, table)
            }
            assert columns == {field.column for field in model._meta.concrete_fields if field.column}, table
            found = connection.introspection.get_constraints(cursor, table)
            named = {one.name for one in (*model._meta.constraints, *model._meta.indexes)}
            assert named <= set(found), table
            keys = {c["columns"][0] for c in found.values() if c["foreign_key"] and len(c["columns"]) == 1}
            related = {f.column for f in model._meta.concrete_fields if f.remote_field and f.db_constraint}
            assert related <= keys, table


@pytest.mark.django_db
def test_tables_made_at_once_may_point_at_each_other_and_get_each_thing_once() -> None:
    block = AtOnce(
        [
            CreateModel("Rumah", [("id", models.BigAutoField(primary_key=True))]),
            CreateModel(
                "Warga", [("id", models.BigAutoField(primary_key=True)), ("nama", models.TextField())]
            ),
            AddField("Rumah", "pemilik", models.ForeignKey("kampung.Warga", models.CASCADE, null=True)),
            AddField("Warga", "rumah", models.ForeignKey("kampung.Rumah", models.CASCADE, null=True)),
            AddIndex("Warga", models.Index(fields=["nama"], name="kampung_warga_nama")),
        ]
    )
    before, after = ProjectState(), ProjectState()
    block.state_forwards("kampung", after)
    with connection.schema_editor() as editor:
        block.database_forwards("kampung", editor, before, after)
    with connection.cursor() as cursor:
        keys = connection.introspection.get_relations(cursor, "kampung_rumah")
        assert keys["pemilik_id"][1] == "kampung_warga"
        assert "kampung_warga_nama" in connection.introspection.get_constraints(cursor, "kampung_warga")
