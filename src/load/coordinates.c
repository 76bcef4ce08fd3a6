/* Coordinates as people write them: decimal degrees, metres, or degrees, minutes and seconds with
 * any of the usual marks, words and letters, in full or half width.
 *
 * The text becomes tokens (numbers, units, axes, separators), these become one or two groups of
 * numbers, and a group becomes a coordinate.  What can be read in two ways is refused: the row goes
 * to the reject file with the reason, and nothing is placed by luck. */
#include "load-internal.h"

#include <math.h>
#include <string.h>

#define NOT_A_POSITION "not a position; write 116.3975,39.9087 or 116°23′51″E 39°54′31″N"
#define NOT_A_COORDINATE "not a coordinate; write 116.3975 or 116°23′51″E"

/* Two coordinates of degrees, minutes, seconds. */
#define MAX_NUMBERS 6u
#define MAX_DIGITS 32u
#define NO_UNIT 3u

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_UNIT, /* level: 0 degrees, 1 minutes, 2 seconds */
    TOKEN_AXIS,
    TOKEN_SEPARATOR,
    TOKEN_BAD,
} TokenKind;

typedef struct {
    TokenKind kind;
    double value;
    gboolean negative, whole;
    guint level;
    FmAxis axis;
    int sign; /* of the half that the axis names */
} Token;

/* ---- characters to tokens ---- */

typedef struct {
    const char *at;
    guint last_unit; /* level of the unit before, for "29s" after minutes; or NO_UNIT */
    guint colons;    /* in the coordinate so far: 39:54:31 */
    gboolean after_number;
} Lexer;

/* Full width made half, and the many primes made two. */
static gunichar plain_char(gunichar c)
{
    static const gunichar minutes[] = {0x2032, 0x2018, 0x2019, 0x00b4, 0x0060, 0x02b9, 0x02bc};
    static const gunichar seconds[] = {0x2033, 0x201c, 0x201d, 0x02ba};
    static const gunichar degrees[] = {0x02da, 0x00ba, 0x2218, 0x5ea6};

    if (c >= 0xff01 && c <= 0xff5e) {
        c -= 0xfee0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(minutes); i++) {
        c = c == minutes[i] ? '\'' : c;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(seconds); i++) {
        c = c == seconds[i] ? '"' : c;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(degrees); i++) {
        c = c == degrees[i] ? 0x00b0 : c;
    }
    switch (c) {
    case 0x5206: /* 分 */
        return '\'';
    case 0x79d2: /* 秒 */
        return '"';
    case 0x2212: /* minus */
        return '-';
    case 0x3001: /* 、 */
        return ',';
    default:
        return g_unichar_isspace(c) ? ' ' : c;
    }
}

static gunichar peek(const Lexer *lexer)
{
    return *lexer->at != '\0' ? plain_char(g_utf8_get_char(lexer->at)) : 0;
}

static void step(Lexer *lexer)
{
    lexer->at = g_utf8_next_char(lexer->at);
}

static gboolean is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

static Token read_number(Lexer *lexer)
{
    char digits[MAX_DIGITS + 1];
    gsize n = 0;
    Token token = {.kind = TOKEN_NUMBER, .whole = TRUE};

    token.negative = peek(lexer) == '-';
    if (peek(lexer) == '-' || peek(lexer) == '+') {
        step(lexer);
    }
    for (gunichar c; is_digit(c = peek(lexer)) || (c == '.' && token.whole); step(lexer)) {
        if (n == MAX_DIGITS) {
            return (Token){.kind = TOKEN_BAD};
        }
        token.whole = token.whole && c != '.';
        digits[n++] = (char)c;
    }
    digits[n] = '\0';
    if (n == 0 || !g_ascii_isdigit(digits[0]) || peek(lexer) == '.' ||
        !fm_parse_double(digits, &token.value)) {
        return (Token){.kind = TOKEN_BAD};
    }
    return token;
}

static const struct {
    const char *word;
    FmAxis axis;
    int sign;
} axis_words[] = {
    {"东经", FM_AXIS_LON, 1},  {"東經", FM_AXIS_LON, 1},      {"西经", FM_AXIS_LON, -1},
    {"西經", FM_AXIS_LON, -1}, {"北纬", FM_AXIS_LAT, 1},      {"北緯", FM_AXIS_LAT, 1},
    {"南纬", FM_AXIS_LAT, -1}, {"南緯", FM_AXIS_LAT, -1},     {"经度", FM_AXIS_LON, 0},
    {"經度", FM_AXIS_LON, 0},  {"纬度", FM_AXIS_LAT, 0},      {"緯度", FM_AXIS_LAT, 0},
    {"东", FM_AXIS_LON, 1},    {"西", FM_AXIS_LON, -1},       {"北", FM_AXIS_LAT, 1},
    {"南", FM_AXIS_LAT, -1},   {"longitude", FM_AXIS_LON, 0}, {"latitude", FM_AXIS_LAT, 0},
    {"long", FM_AXIS_LON, 0},  {"lng", FM_AXIS_LON, 0},       {"lon", FM_AXIS_LON, 0},
    {"lat", FM_AXIS_LAT, 0},   {"e", FM_AXIS_LON, 1},         {"w", FM_AXIS_LON, -1},
    {"n", FM_AXIS_LAT, 1},     {"s", FM_AXIS_LAT, -1},
};
static const struct {
    const char *word;
    guint level;
} unit_words[] = {{"degrees", 0}, {"degree", 0}, {"deg", 0}, {"d", 0},
                  {"minutes", 1}, {"min", 1},    {"m", 1},   {"seconds", 2},
                  {"sec", 2},     {"mins", 1},   {"secs", 2}};

/* An ASCII word, made lower case and half width, and where its last letter is.  What does not fit
 * is too long to be one. */
static gsize read_word(Lexer *lexer, char *word, gsize size, const char **last)
{
    gsize n = 0;

    for (gunichar c; (c = peek(lexer)) < 0x80 && g_ascii_isalpha((char)c); step(lexer)) {
        *last = lexer->at;
        if (n + 1 < size) {
            word[n] = g_ascii_tolower((char)c);
        }
        n++;
    }
    word[MIN(n, size - 1)] = '\0';
    return n;
}

static guint unit_level(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(unit_words); i++) {
        if (strcmp(word, unit_words[i].word) == 0) {
            return unit_words[i].level;
        }
    }
    return NO_UNIT;
}

static Token unit_token(Lexer *lexer, guint level)
{
    lexer->last_unit = level;
    return (Token){.kind = TOKEN_UNIT, .level = level};
}

static Token axis_token(gsize i)
{
    return (Token){.kind = TOKEN_AXIS, .axis = axis_words[i].axis, .sign = axis_words[i].sign};
}

static Token read_ascii_word(Lexer *lexer)
{
    char word[12];
    gboolean small_s = peek(lexer) == 's';
    const char *last = NULL;
    gsize n = read_word(lexer, word, sizeof word, &last);

    if (n >= sizeof word) {
        return (Token){.kind = TOKEN_BAD};
    }
    /* "39d54m31s" has seconds, "39°54′31″S" lies in the south. */
    if (small_s && n == 1 && lexer->after_number && lexer->last_unit == 1) {
        return unit_token(lexer, 2);
    }
    /* "31secN": a capital at the end is an axis of its own, a small letter ("secs") is not. */
    guint level = NO_UNIT;
    if (n > 1 && plain_char(g_utf8_get_char(last)) < 'a' && strchr("ewns", word[n - 1]) != NULL) {
        g_autofree char *unit = g_strndup(word, n - 1);
        level = unit_level(unit);
        lexer->at = level != NO_UNIT ? last : lexer->at;
    }
    level = level == NO_UNIT ? unit_level(word) : level;
    if (level != NO_UNIT) {
        return unit_token(lexer, level);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(axis_words); i++) {
        if (strcmp(word, axis_words[i].word) == 0) {
            return axis_token(i);
        }
    }
    return (Token){.kind = TOKEN_BAD};
}

static Token read_han_word(Lexer *lexer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(axis_words); i++) {
        if (g_str_has_prefix(lexer->at, axis_words[i].word)) {
            lexer->at += strlen(axis_words[i].word);
            return axis_token(i);
        }
    }
    return (Token){.kind = TOKEN_BAD};
}

/* A colon between digits divides degrees, minutes and seconds; after a word it only labels. */
static gboolean take_colon(Lexer *lexer, Token *out)
{
    gboolean divides = lexer->after_number;

    step(lexer);
    if (!divides || !is_digit(peek(lexer)) || lexer->colons > 1) {
        *out = (Token){.kind = TOKEN_BAD};
        return divides;
    }
    *out = unit_token(lexer, lexer->colons++);
    return TRUE;
}

static Token next_token(Lexer *lexer)
{
    Token token = {.kind = TOKEN_BAD};
    gunichar c;

    while ((c = peek(lexer)) != 0) {
        if (c == ':') {
            if (take_colon(lexer, &token)) {
                return token;
            }
        } else if (c == ' ' || c == '=' || strchr("()[]", c < 0x80 ? (int)c : 'x') != NULL) {
            lexer->colons = c == ' ' ? 0 : lexer->colons;
            step(lexer);
        } else {
            break;
        }
    }
    if (c == 0) {
        return (Token){.kind = TOKEN_END};
    }
    if (is_digit(c) || c == '-' || c == '+') {
        return read_number(lexer);
    }
    if (c < 0x80 && g_ascii_isalpha((char)c)) {
        return read_ascii_word(lexer);
    }
    if (strchr(",;/|", c < 0x80 ? (int)c : 'x') != NULL) {
        lexer->colons = 0;
        step(lexer);
        return (Token){.kind = TOKEN_SEPARATOR};
    }
    if (c == 0x00b0 || c == '\'' || c == '"') {
        step(lexer);
        gboolean doubled = c == '\'' && peek(lexer) == '\'';
        if (doubled) {
            step(lexer);
        }
        return unit_token(lexer, c == 0x00b0 ? 0 : c == '\'' && !doubled ? 1 : 2);
    }
    return read_han_word(lexer);
}

/* ---- tokens to groups ---- */

typedef struct {
    Token numbers[MAX_NUMBERS];
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

static gboolean add_axis(Parser *parser, const Token *token)
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

static gboolean add_number(Parser *parser, const Token *token, const Token *next)
{
    if (next->kind == TOKEN_UNIT && next->level == 0) {
        close_group(parser);
    }
    Group *group = open_group(parser);
    if (group == NULL || group->n == MAX_NUMBERS) {
        return FALSE;
    }
    group->numbers[group->n++] = *token;
    return TRUE;
}

static gboolean add_unit(Parser *parser, const Token *token)
{
    Group *group = parser->n > 0 ? &parser->groups[parser->n - 1] : NULL;

    if (group == NULL || group->closed || group->n == 0 || token->level + 1 != group->n ||
        group->n_marked == group->n) {
        return FALSE;
    }
    group->n_marked = group->n;
    return TRUE;
}

static gboolean parse_groups(const char *text, Parser *parser)
{
    Lexer lexer = {.at = text, .last_unit = NO_UNIT};
    Token token = next_token(&lexer);

    parser->prefixed = token.kind == TOKEN_AXIS;
    while (token.kind != TOKEN_END) {
        lexer.after_number = token.kind == TOKEN_NUMBER;
        Token next = next_token(&lexer);
        gboolean good =
            (token.kind == TOKEN_AXIS && add_axis(parser, &token)) ||
            (token.kind == TOKEN_NUMBER && add_number(parser, &token, &next)) ||
            (token.kind == TOKEN_UNIT && add_unit(parser, &token)) ||
            (token.kind == TOKEN_SEPARATOR && parser->n > 0 && parser->groups[parser->n - 1].n > 0);
        if (!good) {
            return FALSE;
        }
        if (token.kind == TOKEN_SEPARATOR) {
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
        const Token *number = &group->numbers[i];
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
    return parse_groups(text, &parser) && parser.n == 1 && value_of(&parser.groups[0], out, reason);
}

gboolean fm_coordinates_parse(const char *text, FmCoordinate out[2], const char **reason)
{
    Parser parser = {.n = 0};

    *reason = NOT_A_POSITION;
    if (!parse_groups(text, &parser) || !split(&parser)) {
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
