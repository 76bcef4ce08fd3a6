/* `where`: a condition in SQL that a user or a plan file gives.  It is only ever a condition: first
 * its brackets, quotes and comments are checked, so that it cannot leave the parentheses that it
 * is put into; then it is compiled under an authorizer that lets it read its own layer and call
 * functions whose answer depends on their arguments alone. */
#include "store-internal.h"

#include <stdlib.h>
#include <string.h>

static gboolean fail(const char *where, const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "condition \"%s\": %s", where, what);
    return FALSE;
}

/* ---- form ------------------------------------------------------------------------------- */

/* Past a quoted text or name that begins here; NULL when it does not end.  A doubled quote is one
 * that belongs to the text, and reads as the end of one and the beginning of the next. */
static const char *skip_quoted(const char *at)
{
    const char *end = strchr(at + 1, at[0] == '[' ? ']' : at[0]);

    return end == NULL ? NULL : end + 1;
}

static gboolean check_form(const char *where, GError **error)
{
    gsize depth = 0;

    if (!g_utf8_validate(where, -1, NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "the condition is not valid UTF-8");
        return FALSE;
    }
    for (const char *at = where; *at != '\0';) {
        if (strchr("'\"`[", *at) != NULL) {
            at = skip_quoted(at);
            if (at == NULL) {
                return fail(where, "a quote is not closed", error);
            }
            continue;
        }
        if (*at == ';') {
            return fail(where, "';' is not allowed: give one condition", error);
        }
        if (g_str_has_prefix(at, "--") || g_str_has_prefix(at, "/*")) {
            return fail(where, "comments are not allowed", error);
        }
        if (*at == ')' && depth == 0) {
            return fail(where, "a ')' has no '('", error);
        }
        depth += *at == '(' ? 1 : 0;
        depth -= *at == ')' ? 1 : 0;
        at++;
    }
    return depth == 0 || fail(where, "a '(' is not closed", error);
}

/* ---- permission ------------------------------------------------------------------------- */

/* Sorted.  No clock, no random numbers, no files, nothing that writes or runs SQL of its own. */
static const char *const allowed_functions[] = {
    "->",
    "->>",
    "abs",
    "area",
    "avg",
    "ceil",
    "ceiling",
    "char",
    "coalesce",
    "contains",
    "count",
    "coveredby",
    "covers",
    "crosses",
    "disjoint",
    "equals",
    "exp",
    "floor",
    "format",
    "geometrytype",
    "geomfromtext",
    "glob",
    "hex",
    "ifnull",
    "iif",
    "instr",
    "intersects",
    "isempty",
    "isvalid",
    "json_array_length",
    "json_extract",
    "json_type",
    "json_valid",
    "length",
    "like",
    "likelihood",
    "likely",
    "ln",
    "log",
    "log10",
    "log2",
    "lower",
    "ltrim",
    "makepoint",
    "max",
    "mbrcontains",
    "mbrintersects",
    "mbrmaxx",
    "mbrmaxy",
    "mbrminx",
    "mbrminy",
    "mbrwithin",
    "min",
    "mod",
    "nullif",
    "numpoints",
    "overlaps",
    "pow",
    "power",
    "printf",
    "quote",
    "replace",
    "round",
    "rtrim",
    "sign",
    "sqrt",
    "st_area",
    "st_contains",
    "st_coveredby",
    "st_covers",
    "st_crosses",
    "st_disjoint",
    "st_equals",
    "st_geometrytype",
    "st_geomfromtext",
    "st_intersects",
    "st_isempty",
    "st_isvalid",
    "st_length",
    "st_maxx",
    "st_maxy",
    "st_minx",
    "st_miny",
    "st_npoints",
    "st_overlaps",
    "st_touches",
    "st_within",
    "st_x",
    "st_y",
    "substr",
    "substring",
    "sum",
    "total",
    "touches",
    "trim",
    "trunc",
    "typeof",
    "unicode",
    "unlikely",
    "upper",
    "within",
    "x",
    "y",
};

static int compare_names(const void *key, const void *element)
{
    return g_ascii_strcasecmp(key, *(const char *const *)element);
}

static gboolean function_is_allowed(const char *name)
{
    return bsearch(name, allowed_functions, G_N_ELEMENTS(allowed_functions),
                   sizeof allowed_functions[0], compare_names) != NULL;
}

typedef struct {
    const char *layer;
    char *denied; /* what was refused, for the message */
} Guard;

static int deny(Guard *guard, char *what)
{
    g_free(guard->denied);
    guard->denied = what;
    return SQLITE_DENY;
}

static int authorize(void *user, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    Guard *guard = user;
    (void)database;
    (void)trigger;

    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK;
    case SQLITE_READ:
        return g_ascii_strcasecmp(first, guard->layer) == 0
                   ? SQLITE_OK
                   : deny(guard, g_strdup_printf("it may read layer '%s' only, not '%s'",
                                                 guard->layer, first));
    case SQLITE_FUNCTION:
        return function_is_allowed(second)
                   ? SQLITE_OK
                   : deny(guard, g_strdup_printf("the function %s() is not allowed here", second));
    default:
        return deny(guard, g_strdup("it may only test the layer's columns"));
    }
}

/* ---- check ------------------------------------------------------------------------------ */

static void fail_compile(FmWorkspace *workspace, const FmLayerShape *shape, const char *where,
                         const char *denied, GError **error)
{
    const char *message = denied != NULL ? denied : sqlite3_errmsg(workspace->db);
    g_autoptr(GString) columns = g_string_new(NULL);

    if (denied == NULL && g_str_has_prefix(message, "no such column")) {
        for (gsize i = 0; i < shape->columns->len; i++) {
            g_string_append_printf(columns, "%s%s", i == 0 ? "; columns are " : ", ",
                                   fm_layer_shape_column(shape, i)->name);
        }
        g_string_append(columns, "; text is written in single quotes");
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "condition \"%s\": %s%s", where, message,
                columns->str);
}

gboolean fm_condition_check(FmWorkspace *workspace, const FmLayerShape *shape, const char *where,
                            GError **error)
{
    Guard guard = {.layer = shape->name};

    if (!check_form(where, error)) {
        return FALSE;
    }
    g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s WHERE (%s)", shape->table, where);
    g_autoptr(sqlite3_stmt) statement = NULL;
    /* SQLite would take a misspelt "column" in double quotes for a text. */
    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_set_authorizer(workspace->db, authorize, &guard);
    int code = sqlite3_prepare_v2(workspace->db, sql, -1, &statement, NULL);
    sqlite3_set_authorizer(workspace->db, NULL, NULL);
    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_DQS_DML, 1, NULL);

    g_autofree char *denied = guard.denied;
    if (code != SQLITE_OK) {
        fail_compile(workspace, shape, where, denied, error);
        return FALSE;
    }
    return sqlite3_bind_parameter_count(statement) == 0 ||
           fail(where, "parameters such as ?1 or :name are not allowed", error);
}
