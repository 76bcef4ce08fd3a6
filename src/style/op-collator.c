/* collator and resolved-locale: how texts are compared. */
#include "expr.h"

static FM_EVAL(eval_collator)
{
    gboolean sensitive[2];
    const char *locale = "en";
    for (gsize i = 0; i < G_N_ELEMENTS(sensitive); i++) {
        if (!fm__eval_boolean(node, i, eval, &sensitive[i])) {
            return FALSE;
        }
    }
    if (node->n_args > G_N_ELEMENTS(sensitive) &&
        !fm__eval_string(node, G_N_ELEMENTS(sensitive), eval, &locale)) {
        return FALSE;
    }
    *out = (FmValue){.kind = FM_KIND_COLLATOR,
                     .collator = {.case_sensitive = sensitive[0],
                                  .diacritic_sensitive = sensitive[1],
                                  .locale = locale}};
    return TRUE;
}

FM_EVAL(fm__op_resolved_locale)
{
    FmValue collator;
    if (!fm__eval_kind(node, 0, eval, FM_KIND_COLLATOR, &collator)) {
        return FALSE;
    }
    *out = fm__value_string(collator.collator.locale);
    return TRUE;
}

FM_PARSE(fm__parse_collator)
{
    static const struct {
        const char *name;
        FmKind kind;
    } options[] = {{"case-sensitive", FM_KIND_BOOLEAN},
                   {"diacritic-sensitive", FM_KIND_BOOLEAN},
                   {"locale", FM_KIND_STRING}};
    if (json_array_get_length(json) != 2) {
        return fm__parse_error(context, "Expected one argument.");
    }
    JsonNode *second = json_array_get_element(json, 1);
    if (!JSON_NODE_HOLDS_OBJECT(second)) {
        return fm__parse_error(context, "Collator options argument must be an object.");
    }
    FmNode *node =
        fm__node_new(context->parser, op, eval_collator, FM_TYPE(COLLATOR), G_N_ELEMENTS(options));
    node->n_args = 0; /* counts up to that room */
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        JsonNode *part = json_object_get_member(json_node_get_object(second), options[i].name);
        if (part == NULL && options[i].kind == FM_KIND_STRING) {
            break;
        }
        /* The specification counts options under the first argument. */
        const FmParseContext child = fm__parse_child(context, 1, &fm__types[options[i].kind]);
        FmNode *arg = part != NULL ? fm__parse(&child, part, FM_ANNOTATE_BY_TYPE)
                                   : fm__node_literal(context->parser, FM_TYPE(BOOLEAN),
                                                      fm__value_boolean(FALSE));
        if (arg == NULL) {
            return NULL;
        }
        node->args[node->n_args++] = arg;
    }
    node->reads = FM_READS_OTHER; /* a collator is no literal */
    fm__node_finish(node);
    return node;
}
