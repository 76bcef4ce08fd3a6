/* match: the output whose label equals the input.  Labels are sorted once, so that a match over
 * thousands of ids costs a binary search. */
#include "expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    FmValue label; /* number or string */
    gsize output;  /* place in the node's arguments */
} Branch;

typedef struct {
    FmKind kind; /* of all labels */
    Branch *branches;
    gsize n;
} Match;

static int compare_labels(const void *a, const void *b)
{
    const FmValue *x = &((const Branch *)a)->label;
    const FmValue *y = &((const Branch *)b)->label;
    if (x->kind == FM_KIND_STRING) {
        return strcmp(x->string, y->string);
    }
    return (x->number > y->number) - (x->number < y->number);
}

/* args: the input, an output a branch, the fallback. */
static FM_EVAL(eval_match)
{
    const Match *match = node->data;
    if (!fm__eval_arg(node, 0, eval, out)) {
        return FALSE;
    }
    const Branch *found = NULL;
    if (out->kind == match->kind) {
        const Branch wanted = {.label = *out};
        found = bsearch(&wanted, match->branches, match->n, sizeof wanted, compare_labels);
        if (out->kind == FM_KIND_NUMBER && isnan(out->number)) {
            found = NULL; /* compares equal to everything above */
        }
    }
    return fm__eval_arg(node, found != NULL ? found->output : node->n_args - 1, eval, out);
}

/* Check a label against the rules and the kind of the others; NULL kind of the first sets it. */
static gboolean read_label(const FmParseContext *context, JsonNode *json, const FmType **type,
                           FmValue *label)
{
    const double largest_exact = 9007199254740991.0;
    const char *string = fm__json_string(json);
    if (string == NULL && !fm__json_is_number(json)) {
        fm__parse_error(context, "Branch labels must be numbers or strings.");
        return FALSE;
    }
    *label = fm__value_from_json(context->parser->arena, json);
    if (string == NULL && fabs(label->number) > largest_exact) {
        fm__parse_error(context, "Branch labels must be integers no larger than %.0f.",
                        largest_exact);
        return FALSE;
    }
    if (string == NULL && floor(label->number) != label->number) {
        fm__parse_error(context, "Numeric branch labels must be integer values.");
        return FALSE;
    }
    if (*type == NULL) {
        *type = &fm__types[label->kind];
    }
    return fm__parse_check(context, *type, &fm__types[label->kind]);
}

/* The labels of one branch: a scalar or an array of them. */
static gboolean read_labels(const FmParseContext *context, JsonNode *json, gsize output,
                            GHashTable *seen, GArray *branches, const FmType **type)
{
    JsonArray *list = JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    const guint n = list != NULL ? json_array_get_length(list) : 1;
    if (n == 0) {
        fm__parse_error(context, "Expected at least one branch label.");
        return FALSE;
    }
    for (guint i = 0; i < n; i++) {
        Branch branch = {.output = output};
        if (!read_label(context, list != NULL ? json_array_get_element(list, i) : json, type,
                        &branch.label)) {
            return FALSE;
        }
        char *text = g_strdup(fm__value_to_string(context->parser->arena, &branch.label));
        if (!g_hash_table_add(seen, text)) {
            fm__parse_error(context, "Branch labels must be unique.");
            return FALSE;
        }
        g_array_append_val(branches, branch);
    }
    return TRUE;
}

/* Parse all branches into the node's arguments 1 … n_args-2. */
static gboolean parse_branches(const FmParseContext *context, JsonArray *json, FmNode *node,
                               const FmType **type)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) branches = g_array_new(FALSE, FALSE, sizeof(Branch));
    for (gsize output = 1; output + 1 < node->n_args; output++) {
        const guint place = (guint)(2 * output);
        const FmParseContext labels = fm__parse_child(context, place, NULL);
        if (!read_labels(&labels, json_array_get_element(json, place), output, seen, branches,
                         type)) {
            return FALSE;
        }
        /* The specification counts the output under its labels' place. */
        const FmParseContext child = fm__parse_child(context, place, node->type);
        FmNode *arg =
            fm__parse(&child, json_array_get_element(json, place + 1), FM_ANNOTATE_BY_TYPE);
        if (arg == NULL) {
            return FALSE;
        }
        node->args[output] = arg;
        node->type = node->type != NULL ? node->type : arg->type;
    }
    Match *match = fm__arena_new(context->parser->arena, Match, 1);
    match->kind = g_array_index(branches, Branch, 0).label.kind; /* n_args > 2: there is one */
    match->n = branches->len;
    match->branches = fm__arena_new(context->parser->arena, Branch, match->n);
    memcpy(match->branches, branches->data, match->n * sizeof(Branch));
    qsort(match->branches, match->n, sizeof(Branch), compare_labels);
    node->data = match;
    return TRUE;
}

FM_PARSE(fm__parse_match)
{
    const guint n_json = json_array_get_length(json);
    if (n_json < 5) {
        return fm__parse_error(context, "Expected at least 4 arguments, but found only %u.",
                               n_json - 1);
    }
    if (n_json % 2 != 1) {
        return fm__parse_error(context, "Expected an even number of arguments.");
    }
    const gsize n_args = (n_json - 3) / 2 + 2;
    if (!fm__parse_check_count(context, n_args - 2, "branches")) {
        return NULL;
    }
    FmNode *node = fm__node_new(context->parser, op, eval_match, NULL, n_args);
    node->first_output = 1;
    if (context->expected != NULL && context->expected->kind != FM_KIND_VALUE) {
        node->type = context->expected;
    }
    const FmType *label_type = NULL;
    if (!parse_branches(context, json, node, &label_type)) {
        return NULL;
    }
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(VALUE));
    if (node->args[0] == NULL) {
        return NULL;
    }
    node->args[n_args - 1] = fm__parse_arg(context, json, n_json - 1, node->type);
    if (node->args[n_args - 1] == NULL) {
        return NULL;
    }
    const FmType *input = node->args[0]->type;
    const FmParseContext first = fm__parse_child(context, 1, NULL);
    if (input->kind != FM_KIND_VALUE && !fm__parse_check(&first, label_type, input)) {
        return NULL;
    }
    fm__node_finish(node);
    return node;
}
