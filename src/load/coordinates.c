/* Coordinates as people write them: decimal degrees, metres, or degrees, minutes and seconds with
 * any of the usual marks, words and letters, in full or half width.
 *
 * The text becomes tokens (numbers, units, axes, separators), these become one or two groups of
 * numbers, and a group becomes a coordinate.  What can be read in two ways is refused: the row goes
 * to the reject file with the reason, and nothing is placed by luck. */
#include "coordinate-tokens.h"

#include <math.h>
#include <string.h>

#define NOT_A_POSITION "not a position; write 116.3975,39.9087 or 116°23′51″E 39°54′31″N"
#define NOT_A_COORDINATE "not a coordinate; write 116.3975 or 116°23′51″E"

/* Two coordinates of degrees, minutes, seconds. */
#define MAX_NUMBERS 6u

/* ---- tokens to groups ---- */

typedef struct {
    FmToken numbers[MAX_NUMBERS];
    guint n;
    guint n_marked; /* how many of them up to the last that has its unit */
    gboolean has_axis, closed;
    FmAxis axis;
    int sign;
} Group;

typedef struct {
    Group groups[2];
    guint n;           /* groups that are begun */
    gboolean prefixed; /* axes stand before their numbers */
} Parser;

/* The group that takes the next number, begun when there is none; NULL when two are full. */
static Group *open_group(Parser *parser)
{
    if (parser->n > 0 && !parser->groups[parser->n - 1].closed) {
        return &parser->groups[parser->n - 1];
    }
    return parser->n < G_N_ELEMENTS(parser->groups) ? &parser->groups[parser->n++] : NULL;
}

static void close_group(Parser *parser)
{
    if (parser->n > 0 && parser->groups[parser->n - 1].n > 0) {
        parser->groups[parser->n - 1].closed = TRUE;
    }
}

static gboolean add_axis(Parser *parser, const FmToken *token)
{
    if (parser->prefixed) {
        close_group(parser);
    }
    Group *group = open_group(parser);
    if (group == NULL || group->has_axis || (group->n == 0) != parser->prefixed) {
        return FALSE;
    }
    group->has_axis = TRUE;
    group->axis = token->axis;
    group->sign = token->sign;
    group->closed = !parser->prefixed;
    return TRUE;
}

static gboolean add_number(Parser *parser, const FmToken *token, const FmToken *next)
{
    if (next->kind == FM_TOKEN_UNIT && next->level == 0) {
        close_group(parser);
    }
    Group *group = open_group(parser);
    if (group == NULL || group->n == MAX_NUMBERS) {
        return FALSE;
    }
    group->numbers[group->n++] = *token;
    return TRUE;
}

static gboolean add_unit(Parser *parser, const FmToken *token)
{
    Group *group = parser->n > 0 ? &parser->groups[parser->n - 1] : NULL;

    if (group == NULL || group->closed || group->n == 0 || token->level + 1 != group->n ||
        group->n_marked == group->n) {
        return FALSE;
    }
    group->n_marked = group->n;
    return TRUE;
}

static gboolean parse_groups(const char *text, gboolean pair, Parser *parser)
{
    FmLexer lexer = fm_coordinate_lexer(text, pair);
    FmToken token = fm_coordinate_token(&lexer);

    parser->prefixed = token.kind == FM_TOKEN_AXIS;
    while (token.kind != FM_TOKEN_END) {
        lexer.after_number = token.kind == FM_TOKEN_NUMBER;
        FmToken next = fm_coordinate_token(&lexer);
        gboolean good = (token.kind == FM_TOKEN_AXIS && add_axis(parser, &token)) ||
                        (token.kind == FM_TOKEN_NUMBER && add_number(parser, &token, &next)) ||
                        (token.kind == FM_TOKEN_UNIT && add_unit(parser, &token)) ||
                        (token.kind == FM_TOKEN_SEPARATOR && parser->n > 0 &&
                         parser->groups[parser->n - 1].n > 0);
        if (!good) {
            return FALSE;
        }
        if (token.kind == FM_TOKEN_SEPARATOR) {
            close_group(parser);
        }
        token = next;
    }
    return TRUE;
}

/* "116.40 39.91" and "116 23 51 39 54 31" are one group until here. */
static gboolean split(Parser *parser)
{
    Group *first = &parser->groups[0], *second = &parser->groups[1];

    if (parser->n != 1 || first->n_marked > 0 || first->has_axis || first->n % 2 != 0) {
        return parser->n == 2;
    }
    first->n /= 2;
    *second = (Group){.n = first->n};
    memcpy(second->numbers, first->numbers + first->n, first->n * sizeof *first->numbers);
    parser->n = 2;
    return TRUE;
}

/* ---- groups to coordinates ---- */

static gboolean value_of(const Group *group, FmCoordinate *out, const char **reason)
{
    static const double parts[] = {1, 60, 3600};
    double value = 0;

    if (group->n == 0 || group->n > G_N_ELEMENTS(parts)) {
        return FALSE;
    }
    for (guint i = 0; i < group->n; i++) {
        const FmToken *number = &group->numbers[i];
        if ((i + 1 < group->n && !number->whole) || (i > 0 && number->negative)) {
            return FALSE;
        }
        if (i > 0 && number->value >= 60) {
            *reason = "minutes and seconds go from 0 to 59";
            return FALSE;
        }
        value += number->value / parts[i];
    }
    if (group->numbers[0].negative && group->sign != 0) {
        *reason = "has a minus sign and a hemisphere; write one of them";
        return FALSE;
    }
    gboolean negative = group->numbers[0].negative || group->sign < 0;
    *out = (FmCoordinate){.value = negative ? -value : value, .axis = group->axis};
    return TRUE;
}

gboolean fm_coordinate_parse(const char *text, FmCoordinate *out, const char **reason)
{
    Parser parser = {.n = 0};

    *reason = NOT_A_COORDINATE;
    return parse_groups(text, FALSE, &parser) && parser.n == 1 &&
           value_of(&parser.groups[0], out, reason);
}

gboolean fm_coordinates_parse(const char *text, FmCoordinate out[2], const char **reason)
{
    Parser parser = {.n = 0};

    *reason = NOT_A_POSITION;
    if (!parse_groups(text, TRUE, &parser) || !split(&parser)) {
        return FALSE;
    }
    for (guint i = 0; i < 2; i++) {
        if (!value_of(&parser.groups[i], &out[i], reason)) {
            return FALSE;
        }
    }
    if (out[0].axis != FM_AXIS_UNKNOWN && out[0].axis == out[1].axis) {
        *reason = out[0].axis == FM_AXIS_LON ? "two longitudes and no latitude"
                                             : "two latitudes and no longitude";
        return FALSE;
    }
    for (guint i = 0; i < 2; i++) {
        if (out[i].axis == FM_AXIS_UNKNOWN && out[1 - i].axis != FM_AXIS_UNKNOWN) {
            out[i].axis = out[1 - i].axis == FM_AXIS_LON ? FM_AXIS_LAT : FM_AXIS_LON;
        }
    }
    return TRUE;
}

gboolean fm_text_is_geometry(const char *text)
{
    static const char *const starts[] = {"POINT",    "LINESTRING", "POLYGON",  "MULTI",   "SRID=",
                                         "GEOMETRY", "CURVE",      "CIRCULAR", "COMPOUND"};

    text += strspn(text, " \t\r\n");
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
        if (g_ascii_strncasecmp(text, starts[i], strlen(starts[i])) == 0) {
            return TRUE;
        }
    }
    return *text == '{';
}
