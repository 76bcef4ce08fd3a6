/* Evaluation: what operators share, and the doors from outside. */
#include "expr.h"

#include "filter.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

gboolean fm__eval_literal(const FmNode *node, FmEval *eval, FmValue *out)
{
    (void)eval;
    *out = node->value;
    return TRUE;
}

gboolean fm__eval_error(FmEval *eval, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    eval->error = fm__arena_vprintf(eval->arena, format, args);
    va_end(args);
    return FALSE;
}

const char *fm__eval_type_name(FmEval *eval, const FmValue *value)
{
    return fm__type_name(eval->arena, fm__value_type(eval->arena, value));
}

/* ---- arguments -------------------------------------------------------------------------- */

gboolean fm__eval_kind(const FmNode *node, gsize i, FmEval *eval, FmKind kind, FmValue *out)
{
    if (!fm__eval_arg(node, i, eval, out)) {
        return FALSE;
    }
    if (out->kind != kind) {
        return fm__eval_error(eval, "Expected value to be of type %s, but found %s instead.",
                              fm__type_name(eval->arena, &fm__types[kind]),
                              fm__eval_type_name(eval, out));
    }
    return TRUE;
}

gboolean fm__eval_number(const FmNode *node, gsize i, FmEval *eval, double *out)
{
    FmValue value;
    if (!fm__eval_kind(node, i, eval, FM_KIND_NUMBER, &value)) {
        return FALSE;
    }
    *out = value.number;
    return TRUE;
}

gboolean fm__eval_string(const FmNode *node, gsize i, FmEval *eval, const char **out)
{
    FmValue value;
    if (!fm__eval_kind(node, i, eval, FM_KIND_STRING, &value)) {
        return FALSE;
    }
    *out = value.string;
    return TRUE;
}

gboolean fm__eval_boolean(const FmNode *node, gsize i, FmEval *eval, gboolean *out)
{
    FmValue value;
    if (!fm__eval_kind(node, i, eval, FM_KIND_BOOLEAN, &value)) {
        return FALSE;
    }
    *out = value.boolean;
    return TRUE;
}

gboolean fm__eval_text(FmEval *eval, const char *text, gsize length, FmValue *out)
{
    if (length > FM_MAX_TEXT) {
        return fm__eval_error(eval, "The text is longer than %" G_GSIZE_FORMAT " bytes.",
                              FM_MAX_TEXT);
    }
    *out = fm__value_string(fm__arena_strndup(eval->arena, text, length));
    return TRUE;
}

/* ---- the feature ------------------------------------------------------------------------ */

/* Where the column was last time is kept in the syntax tree: a hint, checked by name before use, so
 * that threads that share the tree can only waste each other a search. */
static gsize find_column(const FmTable *table, const char *key, gint *hint)
{
    const gint guess = g_atomic_int_get(hint);
    if (guess >= 0 && (gsize)guess < fm_table_n_columns(table) &&
        g_ascii_strcasecmp(fm_table_column_name(table, (gsize)guess), key) == 0) {
        return (gsize)guess;
    }
    const gsize column = fm_table_find_column(table, key);
    if (column < G_MAXINT) {
        g_atomic_int_set(hint, (gint)column);
    }
    return column;
}

static FmValue cell_value(const FmTable *table, gsize column, gsize row)
{
    if (fm_table_column_type(table, column) == FM_COLUMN_TEXT) {
        return fm__value_string(fm_table_text(table, column, row));
    }
    return fm__value_number(fm_table_number(table, column, row));
}

gboolean fm__eval_property(FmEval *eval, const char *key, gint *hint, FmValue *out)
{
    *out = FM_VALUE_NULL;
    if (eval->table != NULL) {
        const gsize column = find_column(eval->table, key, hint);
        if (column == FM_COLUMN_NONE || fm_table_is_null(eval->table, column, eval->row)) {
            return FALSE;
        }
        *out = cell_value(eval->table, column, eval->row);
        return TRUE;
    }
    const FmValue *member =
        eval->properties != NULL ? fm__value_member(eval->properties, key) : NULL;
    if (member == NULL) {
        return FALSE;
    }
    *out = *member;
    return TRUE;
}

FmValue fm__eval_id(FmEval *eval)
{
    if (eval->table != NULL) {
        gint hint = -1;
        FmValue id;
        fm__eval_property(eval, "id", &hint, &id);
        return id;
    }
    return eval->id != NULL ? *eval->id : FM_VALUE_NULL;
}

const char *fm__eval_geometry_type(const FmEval *eval)
{
    if (eval->table == NULL) {
        return eval->geometry_type;
    }
    const FmGeometry *geometry = fm_table_geometry(eval->table, eval->row);
    if (geometry == NULL) {
        return NULL;
    }
    /* As in tiles, a multi-geometry counts as its kind. */
    static const char *const names[] = {"Point", "LineString", "Polygon"};
    return names[fm_geometry_dimension(geometry)];
}

const FmGeometry *fm__eval_geometry(const FmEval *eval)
{
    return eval->table != NULL ? fm_table_geometry(eval->table, eval->row) : eval->geometry;
}

/* ---- doors ------------------------------------------------------------------------------ */

FmEval fm__eval_init(const FmStyleContext *context, FmArena *arena)
{
    return (FmEval){
        .table = context->table, .row = context->row, .zoom = context->zoom, .arena = arena};
}

gboolean fm__expr_evaluate(const FmExpr *expr, FmEval *eval, FmValue *out)
{
    eval->slots = fm__arena_new(eval->arena, const FmValue *, expr->n_slots);
    return fm__eval(expr->root, eval, out);
}

gboolean fm__expr_boolean(const FmExpr *expr, const FmStyleContext *context, gboolean fallback)
{
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    FmEval eval = fm__eval_init(context, &arena);
    FmValue value;
    const gboolean good = fm__expr_evaluate(expr, &eval, &value) && value.kind == FM_KIND_BOOLEAN;
    return good ? value.boolean : fallback;
}

double fm__expr_number(const FmExpr *expr, const FmStyleContext *context, double fallback)
{
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    FmEval eval = fm__eval_init(context, &arena);
    FmValue value;
    const gboolean good = fm__expr_evaluate(expr, &eval, &value) && value.kind == FM_KIND_NUMBER &&
                          !isnan(value.number);
    return good ? value.number : fallback;
}

FmColor fm__expr_color(const FmExpr *expr, const FmStyleContext *context, FmColor fallback)
{
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    FmEval eval = fm__eval_init(context, &arena);
    FmValue value;
    const gboolean good = fm__expr_evaluate(expr, &eval, &value) && value.kind == FM_KIND_COLOR;
    return good ? value.color : fallback;
}

char *fm__expr_string(const FmExpr *expr, const FmStyleContext *context)
{
    char stack[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, stack, sizeof stack);
    FmEval eval = fm__eval_init(context, &arena);
    FmValue value;
    if (!fm__expr_evaluate(expr, &eval, &value) || value.kind == FM_KIND_NULL) {
        return NULL;
    }
    return g_strdup(fm__value_to_string(&arena, &value));
}

/* ---- fields ----------------------------------------------------------------------------- */

static void collect_fields(const FmNode *node, GHashTable *fields)
{
    const FmEvalFunc readers[] = {fm__op_get, fm__op_has, fm__filter_compare, fm__filter_in,
                                  fm__filter_has};
    gboolean reads_key = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
        reads_key = reads_key || node->eval == readers[i];
    }
    if (reads_key && node->n_args > 0 && fm__node_is_literal(node->args[0])) {
        g_hash_table_add(fields, g_strdup(node->args[0]->value.string));
    }
    for (gsize i = 0; i < node->n_args; i++) {
        collect_fields(node->args[i], fields);
    }
}

char **fm__expr_fields(const FmExpr *expr)
{
    g_autoptr(GHashTable) fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    collect_fields(expr->root, fields);
    return fm__names_sorted(fields);
}
