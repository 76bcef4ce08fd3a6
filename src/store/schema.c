/* The schema as numbered steps.  PRAGMA user_version is the number of the last step that a file
 * has; a new file is made by the same steps, from 0. A step that was ever released is never
 * edited: a change is a new step, with an upgrade test. docs/workspace.md describes the result. */
#include "store-internal.h"

static const char *const step_1[] = {
    "CREATE TABLE fm_meta ("
    " key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),"
    " value TEXT NOT NULL)",

    "CREATE TABLE fm_run ("
    " id INTEGER NOT NULL PRIMARY KEY,"
    " command TEXT NOT NULL CHECK (command <> ''),"
    " command_line TEXT,"
    " tool_version TEXT NOT NULL,"
    " parameters TEXT NOT NULL CHECK (json_type(parameters) = 'object'),"
    " inputs TEXT NOT NULL CHECK (json_type(inputs) = 'array'),"
    " outputs TEXT NOT NULL CHECK (json_type(outputs) = 'array'),"
    " started TEXT NOT NULL CHECK (started GLOB '[0-9]*-*-*T*:*:*Z'),"
    " finished TEXT NOT NULL CHECK (finished GLOB '[0-9]*-*-*T*:*:*Z'),"
    " outcome TEXT NOT NULL CHECK (outcome = 'done'))",

    /* A layer is registered before its run is logged, both in one transaction. */
    "CREATE TABLE fm_layer ("
    " id INTEGER NOT NULL PRIMARY KEY,"
    " name TEXT NOT NULL UNIQUE CHECK (name GLOB '[a-z]*' AND name NOT GLOB '*[^a-z0-9_]*'"
    "  AND length(name) <= 60),"
    " kind TEXT NOT NULL CHECK (kind <> ''),"
    " geometry_type TEXT NOT NULL CHECK (geometry_type IN ('NONE', 'POINT', 'LINESTRING', "
    "'POLYGON',"
    "  'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON', 'GEOMETRY')),"
    " srid INTEGER NOT NULL CHECK (srid = CASE geometry_type WHEN 'NONE' THEN 0 ELSE 4326 END),"
    " n_rows INTEGER NOT NULL CHECK (n_rows >= 0),"
    " n_unlocated INTEGER NOT NULL CHECK (n_unlocated BETWEEN 0 AND n_rows),"
    " title_en TEXT,"
    " title_zh TEXT,"
    " source TEXT,"
    " source_sha256 TEXT CHECK (length(source_sha256) = 64),"
    " licence TEXT,"
    " note TEXT,"
    " modelled INTEGER NOT NULL CHECK (modelled IN (0, 1)),"
    " loaded_at TEXT NOT NULL CHECK (loaded_at GLOB '[0-9]*-*-*T*:*:*Z'),"
    " content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),"
    " run_id INTEGER NOT NULL REFERENCES fm_run (id) DEFERRABLE INITIALLY DEFERRED)",

    "CREATE TABLE fm_column ("
    " layer TEXT NOT NULL REFERENCES fm_layer (name) ON DELETE CASCADE,"
    " position INTEGER NOT NULL CHECK (position >= 1),"
    " name TEXT NOT NULL,"
    " title_en TEXT,"
    " title_zh TEXT,"
    " unit TEXT,"
    " PRIMARY KEY (layer, name))",
    NULL,
};

static const char *const step_2[] = {
    "CREATE TABLE fm_cache ("
    " layer TEXT NOT NULL REFERENCES fm_layer (name) ON DELETE CASCADE,"
    " name TEXT NOT NULL CHECK (name <> ''),"
    " fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),"
    " content BLOB NOT NULL CHECK (typeof(content) = 'blob'),"
    " PRIMARY KEY (layer, name))",
    NULL,
};

const FmMigration fm_schema_steps[] = {{1, step_1}, {2, step_2}};
const gsize fm_schema_n_steps = G_N_ELEMENTS(fm_schema_steps);
G_STATIC_ASSERT(G_N_ELEMENTS(fm_schema_steps) == FM_SCHEMA_VERSION);

gboolean fm_schema_version(FmWorkspace *workspace, int *version, GError **error)
{
    gint64 value = 0;

    if (!fm_sql_integer(workspace, &value, error, "PRAGMA user_version", "")) {
        return FALSE;
    }
    *version = (int)value;
    return TRUE;
}

static gboolean apply_step(FmWorkspace *workspace, const FmMigration *step, GError **error)
{
    g_autofree char *set_version = g_strdup_printf("PRAGMA user_version = %d", step->version);

    for (gsize i = 0; step->statements[i] != NULL; i++) {
        if (!fm_sql_run(workspace, error, step->statements[i], "")) {
            g_prefix_error(error, "schema %d: ", step->version);
            return FALSE;
        }
    }
    return fm_sql_run(workspace, error, set_version, "");
}

gboolean fm_schema_apply(FmWorkspace *workspace, const FmMigration *steps, gsize n_steps,
                         GError **error)
{
    int version = 0;

    if (!fm_schema_version(workspace, &version, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n_steps; i++) {
        if (steps[i].version > version && !apply_step(workspace, &steps[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_schema_migrate(FmWorkspace *workspace, const FmMigration *steps, gsize n_steps,
                           GError **error)
{
    if (!fm_sql_run(workspace, error, "BEGIN IMMEDIATE", "")) {
        return FALSE;
    }
    if (!fm_schema_apply(workspace, steps, n_steps, error) || !fm_sql_commit(workspace, error)) {
        fm_sql_rollback(workspace);
        return FALSE;
    }
    return TRUE;
}
