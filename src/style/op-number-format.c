/* number-format, as ECMA-402 writes numbers in English: "1,234.5", "€3.20", "12 km". */
#include "expr.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

/* Arguments: the number, then the options, each a null literal when it is not given. */
enum { NUMBER, LEAST, MOST, LOCALE, CURRENCY, UNIT, N_ARGS };

typedef struct {
    const char *before, *after;
    int least, most; /* fraction digits by default */
} Frame;

static const struct {
    const char *code, *sign;
} currencies[] = {
    {"AUD", "A$"},  {"BRL", "R$"},
    {"CAD", "CA$"}, {"CNY", "CN¥"},
    {"EUR", "€"},   {"GBP", "£"},
    {"HKD", "HK$"}, {"ILS", "₪"},
    {"INR", "₹"},   {"JPY", "¥"},
    {"KRW", "₩"},   {"MXN", "MX$"},
    {"NZD", "NZ$"}, {"PHP", "₱"},
    {"TWD", "NT$"}, {"USD", "$"},
    {"VND", "₫"},   {"XAF", "FCFA" NO_BREAK_SPACE},
    {"XCD", "EC$"}, {"XPF", "CFPF" NO_BREAK_SPACE},
};

/* ISO 4217: the others have two digits. */
static const char without_digits[] =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
static const char three_digits[] = "BHD IQD JOD KWD LYD OMR TND";

/* What follows one, and what follows any other number; the units that ECMA-402 allows by
 * themselves, in their short form. */
static const struct {
    const char *name, *one, *other;
} units[] = {
    {"acre", " ac", NULL},           {"bit", " bit", NULL},
    {"byte", " byte", NULL},         {"celsius", "°C", NULL},
    {"centimeter", " cm", NULL},     {"day", " day", " days"},
    {"degree", " deg", NULL},        {"fahrenheit", "°F", NULL},
    {"fluid-ounce", " fl oz", NULL}, {"foot", " ft", NULL},
    {"gallon", " gal", NULL},        {"gigabit", " Gb", NULL},
    {"gigabyte", " GB", NULL},       {"gram", " g", NULL},
    {"hectare", " ha", NULL},        {"hour", " hr", NULL},
    {"inch", " in", NULL},           {"kilobit", " kb", NULL},
    {"kilobyte", " kB", NULL},       {"kilogram", " kg", NULL},
    {"kilometer", " km", NULL},      {"liter", " L", NULL},
    {"megabit", " Mb", NULL},        {"megabyte", " MB", NULL},
    {"meter", " m", NULL},           {"microsecond", " μs", NULL},
    {"mile", " mi", NULL},           {"mile-scandinavian", " smi", NULL},
    {"milliliter", " mL", NULL},     {"millimeter", " mm", NULL},
    {"millisecond", " ms", NULL},    {"minute", " min", NULL},
    {"month", " mth", " mths"},      {"nanosecond", " ns", NULL},
    {"ounce", " oz", NULL},          {"percent", "%", NULL},
    {"petabyte", " PB", NULL},       {"pound", " lb", NULL},
    {"second", " sec", NULL},        {"stone", " st", NULL},
    {"terabit", " Tb", NULL},        {"terabyte", " TB", NULL},
    {"week", " wk", " wks"},         {"yard", " yd", NULL},
    {"year", " yr", " yrs"},
};

static gboolean eval_digits(const FmNode *node, gsize i, FmEval *eval, const char *name,
                            double fallback, int *out)
{
    const double most = 100; /* ECMA-402 */
    FmValue value;
    if (!fm__eval_arg(node, i, eval, &value)) {
        return FALSE;
    }
    const double digits = value.kind == FM_KIND_NUMBER ? floor(value.number) : fallback;
    if (!(digits >= 0 && digits <= most)) {
        return fm__eval_error(eval, "%s value is out of range.", name);
    }
    *out = (int)digits;
    return TRUE;
}

/* Locales that group by commas and point with a point. */
static gboolean is_plain_locale(const char *locale)
{
    static const char *const languages[] = {"en", "zh", "ja", "ko", "th"};
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        if (g_str_has_prefix(locale, languages[i]) && !g_ascii_isalpha(locale[2])) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean frame_of_currency(FmEval *eval, const char *code, Frame *frame)
{
    const gsize letters = 3;
    g_autofree char *upper = g_ascii_strup(code, -1);
    if (strlen(upper) != letters || strspn(upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != letters) {
        return fm__eval_error(eval, "Invalid currency code : %s", code);
    }
    frame->least = strstr(without_digits, upper) != NULL ? 0
                   : strstr(three_digits, upper) != NULL ? 3
                                                         : 2;
    frame->most = frame->least;
    frame->before = fm__arena_printf(eval->arena, "%s" NO_BREAK_SPACE, upper);
    for (gsize i = 0; i < G_N_ELEMENTS(currencies); i++) {
        if (strcmp(currencies[i].code, upper) == 0) {
            frame->before = currencies[i].sign;
        }
    }
    return TRUE;
}

static gboolean frame_of_unit(FmEval *eval, const char *name, double number, Frame *frame)
{
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strcmp(units[i].name, name) == 0) {
            const gboolean one = fabs(number) == 1 || units[i].other == NULL;
            frame->after = one ? units[i].one : units[i].other;
            return TRUE;
        }
    }
    return fm__eval_error(eval, "Invalid unit argument for Intl.NumberFormat() '%s'", name);
}

static gboolean eval_frame(const FmNode *node, FmEval *eval, double number, Frame *frame)
{
    FmValue values[N_ARGS];
    for (gsize i = LOCALE; i < N_ARGS; i++) {
        if (!fm__eval_arg(node, i, eval, &values[i])) {
            return FALSE;
        }
    }
    if (values[LOCALE].kind == FM_KIND_STRING && !is_plain_locale(values[LOCALE].string)) {
        return fm__eval_error(eval, "Numbers of the locale '%s' are not supported.",
                              values[LOCALE].string);
    }
    if (values[CURRENCY].kind == FM_KIND_STRING) {
        return frame_of_currency(eval, values[CURRENCY].string, frame);
    }
    return values[UNIT].kind != FM_KIND_STRING ||
           frame_of_unit(eval, values[UNIT].string, number, frame);
}

static FM_EVAL(eval_number_format)
{
    const int usual_most = 3;
    double number;
    Frame frame = {.before = "", .after = "", .least = 0, .most = usual_most};
    int least = 0;
    int most = 0;
    if (!fm__eval_number(node, NUMBER, eval, &number) || !eval_frame(node, eval, number, &frame)) {
        return FALSE;
    }
    FmValue given;
    if (!fm__eval_arg(node, MOST, eval, &given)) {
        return FALSE;
    }
    /* Fewer digits at most than there are at least by default: the default gives way. */
    const double limit = given.kind == FM_KIND_NUMBER ? given.number : frame.most;
    if (!eval_digits(node, LEAST, eval, "minimumFractionDigits", MIN(frame.least, MAX(limit, 0)),
                     &least) ||
        !eval_digits(node, MOST, eval, "maximumFractionDigits", MAX(least, frame.most), &most)) {
        return FALSE;
    }
    if (least > most) {
        return fm__eval_error(eval, "maximumFractionDigits value is out of range.");
    }
    g_autofree char *text = fm__number_grouped(number, least, most);
    const gboolean negative = text[0] == '-';
    g_autofree char *framed = g_strconcat(negative ? "-" : "", frame.before,
                                          text + (negative ? 1 : 0), frame.after, NULL);
    return fm__eval_text(eval, framed, strlen(framed), out);
}

static FmNode *parse_option(const FmParseContext *context, JsonObject *options, const char *name,
                            const FmType *type)
{
    JsonNode *json = json_object_get_member(options, name);
    if (json == NULL) {
        return fm__node_literal(context->parser, FM_TYPE(NULL), FM_VALUE_NULL);
    }
    /* The specification counts options under the first argument. */
    const FmParseContext child = fm__parse_child(context, 1, type);
    return fm__parse(&child, json, FM_ANNOTATE_BY_TYPE);
}

FM_PARSE(fm__parse_number_format)
{
    static const struct {
        const char *name;
        FmKind kind;
        gsize place;
    } options[] = {
        {"locale", FM_KIND_STRING, LOCALE},
        {"currency", FM_KIND_STRING, CURRENCY},
        {"unit", FM_KIND_STRING, UNIT},
        {"min-fraction-digits", FM_KIND_NUMBER, LEAST},
        {"max-fraction-digits", FM_KIND_NUMBER, MOST},
    };
    if (json_array_get_length(json) != 3) {
        return fm__parse_error(context, "Expected two arguments.");
    }
    FmNode *node = fm__node_new(context->parser, op, eval_number_format, FM_TYPE(STRING), N_ARGS);
    node->args[NUMBER] = fm__parse_arg(context, json, 1, FM_TYPE(NUMBER));
    if (node->args[NUMBER] == NULL) {
        return NULL;
    }
    JsonNode *second = json_array_get_element(json, 2);
    if (!JSON_NODE_HOLDS_OBJECT(second)) {
        return fm__parse_error(context, "NumberFormat options argument must be an object.");
    }
    JsonObject *given = json_node_get_object(second);
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        FmNode *arg = parse_option(context, given, options[i].name, &fm__types[options[i].kind]);
        if (arg == NULL) {
            return NULL;
        }
        node->args[options[i].place] = arg;
    }
    if (json_object_has_member(given, "currency") && json_object_has_member(given, "unit")) {
        return fm__parse_error(context,
                               "NumberFormat options `currency` and `unit` are mutually exclusive");
    }
    const FmNode *locale = node->args[LOCALE];
    if (fm__node_is_literal(locale) && locale->value.kind == FM_KIND_STRING &&
        !is_plain_locale(locale->value.string)) {
        return fm__parse_unsupported(context,
                                     "\"%s\" does not support locales that write numbers unlike "
                                     "English.",
                                     op->name);
    }
    fm__node_finish(node);
    return node;
}
