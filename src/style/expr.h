/* The expression language: syntax tree, parsing and evaluation.
 *
 * An operator is one row of the table in operators.c and one function that evaluates it; a special
 * form (its arguments are not simply typed values) has a parse function too.  Parsing checks types,
 * wraps arguments in assertions and conversions where the specification infers them, and replaces
 * constant parts by their value, so that evaluation only meets what depends on feature or zoom. */
#ifndef FM_STYLE_EXPR_H
#define FM_STYLE_EXPR_H

#include "style-internal.h"
#include "value.h"

typedef struct FmNode FmNode;
typedef struct FmEval FmEval;
typedef struct FmOperator FmOperator;
typedef struct FmParseContext FmParseContext;

/* Evaluate a node.  FALSE after fm__eval_error; `out` is then undefined. */
typedef gboolean (*FmEvalFunc)(const FmNode *node, FmEval *eval, FmValue *out);
/* Parse a special form; json[0] is the operator's name.  NULL after fm__parse_error. */
typedef FmNode *(*FmParseFunc)(const FmParseContext *context, const FmOperator *op,
                               JsonArray *json);

/* What a node, or anything below it, depends on. */
typedef enum {
    FM_READS_FEATURE = 1 << 0,
    FM_READS_ZOOM = 1 << 1,
    FM_READS_OTHER = 1 << 2,    /* neither, but not to be computed ahead */
    FM_READS_DENSITY = 1 << 3,  /* of a heatmap */
    FM_READS_PROGRESS = 1 << 4, /* along a line */
    FM_READS_ELEVATION = 1 << 5,
    FM_READS_CLUSTER = 1 << 6,
} FmReads;

/* FmNode.first_output: none of the arguments can be the node's value. */
#define FM_NO_OUTPUT G_MAXSIZE

struct FmNode {
    const FmOperator *op; /* NULL for literals and inferred assertions and conversions */
    FmEvalFunc eval;
    const FmType *type;
    FmNode **args;
    gsize n_args;
    gsize first_output; /* from here on, arguments may be the node's value (n_args: it is known) */
    guint reads;        /* FmReads, of this node and all below */
    gboolean constant;
    gboolean wrapper;        /* assertion or conversion: looked through for constancy */
    gboolean output_defined; /* every value that it can give is a literal in the document */
    gboolean zoom_curve;     /* a step or interpolate over zoom */
    const FmNode *curve;     /* the one zoom curve below or at this node */
    const char *curve_error; /* why zoom is used wrongly below; static */
    gboolean has_image;      /* formatted text at or below this node may hold an image */
    FmValue value;           /* of a literal */
    void *data;              /* the operator's own, in the arena */
};

/* ---- operators -------------------------------------------------------------------------- */

/* Parameter types by letter: n number, s string, b boolean, c color, o object, a array<string>,
 * v value, e error, k collator, A array<number, 4>;
 * a '*' after a single letter means any number of them. */
typedef struct {
    const char *params;
    FmEvalFunc eval;
    guint reads;
} FmSignature;

struct FmOperator {
    const char *name;
    FmParseFunc parse; /* of a special form, else NULL */
    char result;       /* letter */
    FmSignature signatures[2];
};

/* All operators, sorted by name. */
const FmOperator *fm__operators(gsize *n);
const FmOperator *fm__operator_find(const char *name);
/* Is the JSON an array whose first element names an operator? */
gboolean fm__is_expression(JsonNode *json);

/* ---- parsing ---------------------------------------------------------------------------- */

typedef struct {
    char *key; /* "[2][1]" */
    char *message;
    gboolean unsupported;
} FmExprError;

/* A list of FmExprError; transfer full (g_ptr_array_unref). */
GPtrArray *fm__expr_errors_new(void);

/* How a value of unknown type is fitted to an expected type. */
typedef enum {
    FM_ANNOTATE_BY_TYPE, /* scalars are asserted, colours, texts and images converted */
    FM_ANNOTATE_CONVERT,
    FM_ANNOTATE_OMIT,
} FmAnnotation;

/* One compilation. */
typedef struct {
    FmArena *arena;
    gint64 budget; /* nodes that may still be parsed: overloads must not make it exponential */
    gsize n_slots; /* let bindings so far */
} FmParser;

typedef struct FmScope FmScope;
struct FmScope {
    const FmScope *outer;
    const char *name;
    const FmNode *bound;
    gsize slot;
};

struct FmParseContext {
    FmParser *parser;
    const FmParseContext *parent;
    guint index;            /* in the parent */
    const FmType *expected; /* or NULL */
    const FmScope *scope;
    GPtrArray *errors;
};

/* The context of an argument. */
FmParseContext fm__parse_child(const FmParseContext *context, guint index, const FmType *expected);
FmNode *fm__parse(const FmParseContext *context, JsonNode *json, FmAnnotation annotation);
/* Parse argument `index`; expected may be NULL. */
FmNode *fm__parse_arg(const FmParseContext *context, JsonArray *json, guint index,
                      const FmType *expected);
/* Parse an operator by the signatures of its row. */
FmNode *fm__parse_signatures(const FmParseContext *context, const FmOperator *op, JsonArray *json);

/* All return NULL. */
FmNode *fm__parse_error(const FmParseContext *context, const char *format, ...) G_GNUC_PRINTF(2, 3);
FmNode *fm__parse_error_at(const FmParseContext *context, guint index, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Valid, but not done here. */
FmNode *fm__parse_unsupported(const FmParseContext *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
FmNode *fm__parse_unsupported_operator(const FmParseContext *context, const FmOperator *op,
                                       JsonArray *json);
/* More stops, branches or arguments than that show no more on any page, and what is nested has as
 * many values as a document of that size. */
enum { FM_MAX_STOPS = 250000, FM_MAX_VALUES = 4000000 };
/* A name is looked up from the innermost to the outermost. */
enum { FM_MAX_VARIABLES = 10000 };
/* Report when there are more than FM_MAX_STOPS of `what`. */
gboolean fm__parse_check_count(const FmParseContext *context, gsize n, const char *what);
/* Report when the type does not fit. */
gboolean fm__parse_check(const FmParseContext *context, const FmType *expected,
                         const FmType *actual);
/* Name of a type for a message. */
const char *fm__parse_type_name(const FmParseContext *context, const FmType *type);
/* What the specification's messages call the JSON value ("number", "object"). */
const char *fm__json_type_name(JsonNode *json);
gboolean fm__json_is_number(JsonNode *json);
/* NULL when it is not a string. */
const char *fm__json_string(JsonNode *json);

FmNode *fm__node_new(FmParser *parser, const FmOperator *op, FmEvalFunc eval, const FmType *type,
                     gsize n_args);
FmNode *fm__node_literal(FmParser *parser, const FmType *type, FmValue value);
/* Wrap in an assertion or a conversion to a type. */
FmNode *fm__node_assertion(FmParser *parser, const FmType *type, FmNode *arg);
FmNode *fm__node_conversion(FmParser *parser, const FmType *type, FmNode *arg);
/* Derive what follows from the arguments; once they and the node's own fields are set. */
void fm__node_finish(FmNode *node);
static inline gboolean fm__node_is_literal(const FmNode *node);

/* ---- evaluation ------------------------------------------------------------------------- */

struct FmEval {
    const FmTable *table; /* the feature is a row of it, or */
    gsize row;
    const FmValue *properties;  /* an object, or NULL for no feature */
    const FmValue *id;          /* NULL = none */
    const char *geometry_type;  /* NULL = none */
    const FmGeometry *geometry; /* NULL = none */
    double grid;     /* of tiles: positions are multiples of 1 / grid of the world; or 0 */
    double zoom;     /* NaN = unknown */
    double density;  /* of a heatmap's pixel */
    double progress; /* along a line, 0 … 1 */
    double elevation;
    const FmValue *accumulated; /* of a cluster; NULL = none; as elevation, only in fixtures */
    const char *const *images;  /* names of the images there are; NULL = all */
    FmArena *arena;
    const FmValue **slots; /* values of let bindings met so far */
    const char *error;     /* in the arena */
};

gboolean fm__eval_literal(const FmNode *node, FmEval *eval, FmValue *out);
static inline gboolean fm__eval(const FmNode *node, FmEval *eval, FmValue *out)
{
    return node->eval(node, eval, out);
}
static inline gboolean fm__eval_arg(const FmNode *node, gsize i, FmEval *eval, FmValue *out)
{
    return node->args[i]->eval(node->args[i], eval, out);
}
/* Arguments of a certain kind.  Static types promise it; a value that breaks the promise (an array
 * shortened by slice, an image that is missing) is an error at run time, never a wrong read. */
gboolean fm__eval_number(const FmNode *node, gsize i, FmEval *eval, double *out);
gboolean fm__eval_string(const FmNode *node, gsize i, FmEval *eval, const char **out);
gboolean fm__eval_boolean(const FmNode *node, gsize i, FmEval *eval, gboolean *out);
gboolean fm__eval_kind(const FmNode *node, gsize i, FmEval *eval, FmKind kind, FmValue *out);
/* Returns FALSE. */
gboolean fm__eval_error(FmEval *eval, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Name of the value's type for a message. */
const char *fm__eval_type_name(FmEval *eval, const FmValue *value);
/* A text that was built; longer than FM_MAX_TEXT is an error, so that doubling in nested
 * bindings cannot fill the memory. */
#define FM_MAX_TEXT ((gsize)1 << 20)
gboolean fm__eval_text(FmEval *eval, const char *text, gsize length, FmValue *out);
/* The feature's property; null (and FALSE) when it is absent or NULL. */
gboolean fm__eval_property(FmEval *eval, const char *key, gint *hint, FmValue *out);
/* The feature's id, null without. */
FmValue fm__eval_id(FmEval *eval);
/* "Point", "LineString", "Polygon" …, NULL without geometry. */
const char *fm__eval_geometry_type(const FmEval *eval);
/* The feature's geometry, NULL without. */
const FmGeometry *fm__eval_geometry(const FmEval *eval);

static inline gboolean fm__node_is_literal(const FmNode *node)
{
    return node->eval == fm__eval_literal;
}

/* ---- whole expressions ------------------------------------------------------------------ */

struct FmExpr {
    FmArena arena;
    const FmNode *root;
    gsize n_slots;
};

/* Bytes of stack that an evaluation uses before it allocates. */
#define FM_EVAL_STACK 1024

/* Parse.  expected may be NULL; of an array, the item type must be static.  Returns transfer
 * full; NULL with at least one more error. */
FmExpr *fm__expr_parse(JsonNode *json, const FmType *expected, FmAnnotation annotation,
                       GPtrArray *errors);
/* An expression made by hand in its own arena; see filter.c. */
FmExpr *fm__expr_alloc(void);
/* Evaluate in eval->arena.  FALSE with eval->error. */
gboolean fm__expr_evaluate(const FmExpr *expr, FmEval *eval, FmValue *out);
/* What a public context says, to evaluate in the arena. */
FmEval fm__eval_init(const FmStyleContext *context, FmArena *arena);
/* Does the expression only read what a drawing can tell it?
 * may_read: of density and progress, what its place allows
 * Returns FALSE with FM_ERROR_PARSE (a place that is wrong) or FM_ERROR_UNSUPPORTED. */
gboolean fm__expr_check_drawable(const FmExpr *expr, guint may_read, const char *where,
                                 GError **error);
/* The first error as a GError: "<where><key>: <message>". */
void fm__expr_errors_propagate(GPtrArray *errors, const char *where, GError **error);

/* ---- operators: evaluation, by file ----------------------------------------------------- */

#define FM_EVAL(name) gboolean name(const FmNode *node, FmEval *eval, FmValue *out)
#define FM_PARSE(name)                                                                             \
    FmNode *name(const FmParseContext *context, const FmOperator *op, JsonArray *json)

/* op-math.c */
FM_EVAL(fm__op_abs);
FM_EVAL(fm__op_acos);
FM_EVAL(fm__op_asin);
FM_EVAL(fm__op_atan);
FM_EVAL(fm__op_ceil);
FM_EVAL(fm__op_cos);
FM_EVAL(fm__op_divide);
FM_EVAL(fm__op_e);
FM_EVAL(fm__op_floor);
FM_EVAL(fm__op_ln);
FM_EVAL(fm__op_ln2);
FM_EVAL(fm__op_log10);
FM_EVAL(fm__op_log2);
FM_EVAL(fm__op_max);
FM_EVAL(fm__op_min);
FM_EVAL(fm__op_modulo);
FM_EVAL(fm__op_negate);
FM_EVAL(fm__op_pi);
FM_EVAL(fm__op_power);
FM_EVAL(fm__op_product);
FM_EVAL(fm__op_round);
FM_EVAL(fm__op_sin);
FM_EVAL(fm__op_sqrt);
FM_EVAL(fm__op_subtract);
FM_EVAL(fm__op_sum);
FM_EVAL(fm__op_tan);
/* op-logic.c */
FM_EVAL(fm__op_all);
FM_EVAL(fm__op_any);
FM_EVAL(fm__op_not);
FM_PARSE(fm__parse_case);
FM_PARSE(fm__parse_coalesce);
FM_PARSE(fm__parse_let);
FM_PARSE(fm__parse_var);
/* op-match.c */
FM_PARSE(fm__parse_match);
/* op-compare.c */
FM_PARSE(fm__parse_comparison);
/* op-collator.c */
FM_EVAL(fm__op_resolved_locale);
FM_PARSE(fm__parse_collator);
/* op-distance.c */
FM_PARSE(fm__parse_distance);
/* op-within.c */
FM_PARSE(fm__parse_within);
/* op-type.c */
FM_EVAL(fm__op_error);
FM_EVAL(fm__op_typeof);
FM_PARSE(fm__parse_assertion);
FM_PARSE(fm__parse_conversion);
FM_PARSE(fm__parse_literal);
FM_PARSE(fm__parse_semiliteral);
/* op-lookup.c */
FM_PARSE(fm__parse_at);
FM_PARSE(fm__parse_in);
FM_PARSE(fm__parse_index_of);
FM_PARSE(fm__parse_length);
FM_PARSE(fm__parse_slice);
/* op-feature.c */
FM_EVAL(fm__op_geometry_type);
FM_EVAL(fm__op_get);
FM_EVAL(fm__op_get_from);
FM_EVAL(fm__op_has);
FM_EVAL(fm__op_has_in);
FM_EVAL(fm__op_id);
FM_EVAL(fm__op_properties);
FM_EVAL(fm__op_zoom);
/* op-global.c */
FM_EVAL(fm__op_accumulated);
FM_EVAL(fm__op_elevation);
FM_EVAL(fm__op_heatmap_density);
FM_EVAL(fm__op_line_progress);
/* op-string.c */
FM_EVAL(fm__op_concat);
FM_EVAL(fm__op_downcase);
FM_EVAL(fm__op_is_supported_script);
FM_EVAL(fm__op_join);
FM_EVAL(fm__op_split);
FM_EVAL(fm__op_upcase);
/* op-number-format.c */
FM_PARSE(fm__parse_number_format);
/* op-color.c */
FM_EVAL(fm__op_rgba);
FM_EVAL(fm__op_to_rgba);
gboolean fm__eval_to_color(FmEval *eval, const FmValue *value, FmColor *out, const char **why);
/* op-format.c */
FM_PARSE(fm__parse_format);
/* The font of section `i` of a `format`, NULL when it has none.  Returns FALSE behind the last, and
 * for any other node. */
gboolean fm__format_font(const FmNode *node, gsize i, const FmNode **font);
FM_PARSE(fm__parse_image);
/* op-curve.c */
FM_PARSE(fm__parse_interpolate);
FM_PARSE(fm__parse_step);

#endif
