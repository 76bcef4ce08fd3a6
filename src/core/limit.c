/* Reaches as planners write them: a number and its unit. */
#include <facmap/core.h>

#include <math.h>
#include <string.h>

typedef struct {
    const char *name;
    FmLimitKind kind;
    const char
        *exponent; /* a power of ten, put behind the digits: "1.005" km is then exactly 1005 m */
    double factor; /* for units that are no power of ten */
} Unit;

/* Mile and foot are the international ones of 1959. */
static const Unit units[] = {
    {"m", FM_LIMIT_LENGTH, "", 1},         {"km", FM_LIMIT_LENGTH, "e3", 1},
    {"mi", FM_LIMIT_LENGTH, "", 1609.344}, {"ft", FM_LIMIT_LENGTH, "", 0.3048},
    {"s", FM_LIMIT_TIME, "", 1},           {"min", FM_LIMIT_TIME, "", 60},
    {"h", FM_LIMIT_TIME, "", 3600},
};

#define UNIT_HELP "a length (m, km, mi, ft) or a time (s, min, h), such as 3km or 15min"

static const Unit *unit_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(units[i].name, name) == 0) {
            return &units[i];
        }
    }
    return NULL;
}

/* Where the number ends: at the first letter that is not its exponent. */
static gsize number_length(const char *text)
{
    char *end = NULL;

    g_ascii_strtod(text, &end);
    return (gsize)(end - text);
}

static gboolean fail(const char *text, const char *reason, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "'%s' %s", text, reason);
    return FALSE;
}

static gboolean limit_set(FmLimit *out, const char *text, double number, const Unit *unit,
                          GError **error)
{
    g_autofree char *digits = fm_format_double(number);
    g_autofree char *scaled = g_strconcat(digits, unit->exponent, NULL);
    FmLimit limit = {.kind = unit->kind};

    /* Huge and tiny numbers have an exponent of their own, which one more would spoil. */
    if (strchr(digits, 'e') != NULL || g_snprintf(limit.text, sizeof limit.text, "%s%s", digits,
                                                  unit->name) >= (int)sizeof limit.text) {
        return fail(text, "has too many digits; write it shorter", error);
    }
    limit.value = g_ascii_strtod(scaled, NULL) * unit->factor;
    *out = limit;
    return TRUE;
}

gboolean fm_limit_parse(const char *text, FmLimit *out, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    g_autofree char *digits = g_strndup(trimmed, number_length(trimmed));
    const char *unit_name = trimmed + strlen(digits);
    double number = 0;

    while (g_ascii_isspace(*unit_name)) {
        unit_name++;
    }
    if (!fm_parse_double(digits, &number)) {
        return fail(text, "is not a distance or time; write " UNIT_HELP, error);
    }
    if (*unit_name == '\0') {
        return fail(text, "has no unit; write " UNIT_HELP, error);
    }
    const Unit *unit = unit_find(unit_name);
    if (unit == NULL) {
        return fail(text, "has an unknown unit; write " UNIT_HELP, error);
    }
    if (number <= 0) {
        return fail(text, "is not above zero", error);
    }
    return limit_set(out, text, number, unit, error);
}

static gint limit_compare(gconstpointer a, gconstpointer b)
{
    const FmLimit *left = a, *right = b;

    return (left->value > right->value) - (left->value < right->value);
}

gboolean fm_limit_list_parse(const char *text, GArray **out, GError **error)
{
    g_auto(GStrv) items = g_strsplit(text, ",", -1);
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(FmLimit));

    if (items[0] == NULL) {
        return fail(text, "holds no distance; write a list such as 1km,3km,5km", error);
    }
    for (char **item = items; *item != NULL; item++) {
        FmLimit limit;
        if (!fm_limit_parse(*item, &limit, error)) {
            return FALSE;
        }
        if (limits->len > 0 && limit.kind != g_array_index(limits, FmLimit, 0).kind) {
            return fail(text, "mixes distances and times; give one list for each", error);
        }
        g_array_append_val(limits, limit);
    }
    g_array_sort(limits, limit_compare);
    for (guint i = limits->len - 1; i > 0; i--) {
        if (g_array_index(limits, FmLimit, i).value ==
            g_array_index(limits, FmLimit, i - 1).value) {
            g_array_remove_index(limits, i);
        }
    }
    *out = g_steal_pointer(&limits);
    return TRUE;
}
