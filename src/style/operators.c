/* The table of operators, sorted by name. */
#include "expr.h"

#include <stdlib.h>
#include <string.h>

#define FORM(name, parse)                                                                          \
    {                                                                                              \
        name, parse, 0,                                                                            \
        {                                                                                          \
            {                                                                                      \
                NULL, NULL, 0                                                                      \
            }                                                                                      \
        }                                                                                          \
    }

static const FmOperator operators[] = {
    {"!", NULL, 'b', {{"b", fm__op_not, 0}}},
    FORM("!=", fm__parse_comparison),
    {"%", NULL, 'n', {{"nn", fm__op_modulo, 0}}},
    {"*", NULL, 'n', {{"n*", fm__op_product, 0}}},
    {"+", NULL, 'n', {{"n*", fm__op_sum, 0}}},
    {"-", NULL, 'n', {{"nn", fm__op_subtract, 0}, {"n", fm__op_negate, 0}}},
    {"/", NULL, 'n', {{"nn", fm__op_divide, 0}}},
    FORM("<", fm__parse_comparison),
    FORM("<=", fm__parse_comparison),
    FORM("==", fm__parse_comparison),
    FORM(">", fm__parse_comparison),
    FORM(">=", fm__parse_comparison),
    {"^", NULL, 'n', {{"nn", fm__op_power, 0}}},
    {"abs", NULL, 'n', {{"n", fm__op_abs, 0}}},
    {"accumulated", NULL, 'v', {{"", fm__op_accumulated, FM_READS_CLUSTER}}},
    {"acos", NULL, 'n', {{"n", fm__op_acos, 0}}},
    {"all", NULL, 'b', {{"bb", fm__op_all, 0}, {"b*", fm__op_all, 0}}},
    {"any", NULL, 'b', {{"bb", fm__op_any, 0}, {"b*", fm__op_any, 0}}},
    FORM("array", fm__parse_assertion),
    {"asin", NULL, 'n', {{"n", fm__op_asin, 0}}},
    FORM("at", fm__parse_at),
    {"atan", NULL, 'n', {{"n", fm__op_atan, 0}}},
    FORM("boolean", fm__parse_assertion),
    FORM("case", fm__parse_case),
    {"ceil", NULL, 'n', {{"n", fm__op_ceil, 0}}},
    FORM("coalesce", fm__parse_coalesce),
    FORM("collator", fm__parse_collator),
    {"concat", NULL, 's', {{"v*", fm__op_concat, 0}}},
    {"cos", NULL, 'n', {{"n", fm__op_cos, 0}}},
    FORM("distance", fm__parse_distance),
    {"downcase", NULL, 's', {{"s", fm__op_downcase, 0}}},
    {"e", NULL, 'n', {{"", fm__op_e, 0}}},
    {"elevation", NULL, 'n', {{"", fm__op_elevation, FM_READS_ELEVATION}}},
    {"error", NULL, 'e', {{"s", fm__op_error, FM_READS_OTHER}}},
    FORM("feature-state", fm__parse_unsupported_operator),
    {"floor", NULL, 'n', {{"n", fm__op_floor, 0}}},
    FORM("format", fm__parse_format),
    {"geometry-type", NULL, 's', {{"", fm__op_geometry_type, FM_READS_FEATURE}}},
    {"get", NULL, 'v', {{"s", fm__op_get, FM_READS_FEATURE}, {"so", fm__op_get_from, 0}}},
    FORM("global-state", fm__parse_unsupported_operator),
    {"has", NULL, 'b', {{"s", fm__op_has, FM_READS_FEATURE}, {"so", fm__op_has_in, 0}}},
    {"heatmap-density", NULL, 'n', {{"", fm__op_heatmap_density, FM_READS_DENSITY}}},
    {"id", NULL, 'v', {{"", fm__op_id, FM_READS_FEATURE}}},
    FORM("image", fm__parse_image),
    FORM("in", fm__parse_in),
    FORM("index-of", fm__parse_index_of),
    FORM("interpolate", fm__parse_interpolate),
    FORM("interpolate-hcl", fm__parse_interpolate),
    FORM("interpolate-lab", fm__parse_interpolate),
    {"is-supported-script", NULL, 'b', {{"s", fm__op_is_supported_script, FM_READS_OTHER}}},
    {"join", NULL, 's', {{"as", fm__op_join, 0}}},
    FORM("length", fm__parse_length),
    FORM("let", fm__parse_let),
    {"line-progress", NULL, 'n', {{"", fm__op_line_progress, FM_READS_PROGRESS}}},
    FORM("literal", fm__parse_literal),
    {"ln", NULL, 'n', {{"n", fm__op_ln, 0}}},
    {"ln2", NULL, 'n', {{"", fm__op_ln2, 0}}},
    {"log10", NULL, 'n', {{"n", fm__op_log10, 0}}},
    {"log2", NULL, 'n', {{"n", fm__op_log2, 0}}},
    FORM("match", fm__parse_match),
    {"max", NULL, 'n', {{"n*", fm__op_max, 0}}},
    {"min", NULL, 'n', {{"n*", fm__op_min, 0}}},
    FORM("number", fm__parse_assertion),
    FORM("number-format", fm__parse_number_format),
    FORM("object", fm__parse_assertion),
    {"pi", NULL, 'n', {{"", fm__op_pi, 0}}},
    {"properties", NULL, 'o', {{"", fm__op_properties, FM_READS_FEATURE}}},
    {"resolved-locale", NULL, 's', {{"k", fm__op_resolved_locale, 0}}},
    {"rgb", NULL, 'c', {{"nnn", fm__op_rgba, 0}}},
    {"rgba", NULL, 'c', {{"nnnn", fm__op_rgba, 0}}},
    {"round", NULL, 'n', {{"n", fm__op_round, 0}}},
    FORM("semiliteral", fm__parse_semiliteral),
    {"sin", NULL, 'n', {{"n", fm__op_sin, 0}}},
    FORM("slice", fm__parse_slice),
    {"split", NULL, 'a', {{"ss", fm__op_split, 0}}},
    {"sqrt", NULL, 'n', {{"n", fm__op_sqrt, 0}}},
    FORM("step", fm__parse_step),
    FORM("string", fm__parse_assertion),
    {"tan", NULL, 'n', {{"n", fm__op_tan, 0}}},
    FORM("to-boolean", fm__parse_conversion),
    FORM("to-color", fm__parse_conversion),
    FORM("to-number", fm__parse_conversion),
    {"to-rgba", NULL, 'A', {{"c", fm__op_to_rgba, 0}}},
    FORM("to-string", fm__parse_conversion),
    {"typeof", NULL, 's', {{"v", fm__op_typeof, 0}}},
    {"upcase", NULL, 's', {{"s", fm__op_upcase, 0}}},
    FORM("var", fm__parse_var),
    FORM("within", fm__parse_within),
    {"zoom", NULL, 'n', {{"", fm__op_zoom, FM_READS_ZOOM}}},
};

const FmOperator *fm__operators(gsize *n)
{
    *n = G_N_ELEMENTS(operators);
    return operators;
}

static int compare_name(const void *name, const void *op)
{
    return strcmp(name, ((const FmOperator *)op)->name);
}

const FmOperator *fm__operator_find(const char *name)
{
    return bsearch(name, operators, G_N_ELEMENTS(operators), sizeof *operators, compare_name);
}
