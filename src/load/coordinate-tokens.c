/* A written position to tokens: in any script, width and notation of degrees. */
#include "coordinate-tokens.h"

#include <string.h>

#define MAX_DIGITS 32u

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

static gunichar peek(const FmLexer *lexer)
{
    return *lexer->at != '\0' ? plain_char(g_utf8_get_char(lexer->at)) : 0;
}

static void step(FmLexer *lexer)
{
    lexer->at = g_utf8_next_char(lexer->at);
}

static gboolean is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

static gboolean is_point(const FmLexer *lexer, gunichar c)
{
    return c == '.' || (c == ',' && lexer->decimal_comma);
}

static FmToken read_number(FmLexer *lexer)
{
    char digits[MAX_DIGITS + 1];
    gsize n = 0;
    FmToken token = {.kind = FM_TOKEN_NUMBER, .whole = TRUE};

    token.negative = peek(lexer) == '-';
    if (peek(lexer) == '-' || peek(lexer) == '+') {
        step(lexer);
    }
    for (gunichar c; is_digit(c = peek(lexer)) || (is_point(lexer, c) && token.whole);
         step(lexer)) {
        if (n == MAX_DIGITS) {
            return (FmToken){.kind = FM_TOKEN_BAD};
        }
        token.whole = token.whole && is_digit(c);
        digits[n++] = is_digit(c) ? (char)c : '.';
    }
    digits[n] = '\0';
    if (n == 0 || !g_ascii_isdigit(digits[0]) || peek(lexer) == '.' ||
        !fm_parse_double(digits, &token.value)) {
        return (FmToken){.kind = FM_TOKEN_BAD};
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
static gsize read_word(FmLexer *lexer, char *word, gsize size, const char **last)
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
    return FM_NO_UNIT;
}

static FmToken unit_token(FmLexer *lexer, guint level)
{
    lexer->last_unit = level;
    return (FmToken){.kind = FM_TOKEN_UNIT, .level = level};
}

static FmToken axis_token(gsize i)
{
    return (FmToken){.kind = FM_TOKEN_AXIS, .axis = axis_words[i].axis, .sign = axis_words[i].sign};
}

static FmToken read_ascii_word(FmLexer *lexer)
{
    char word[12];
    gboolean small_s = peek(lexer) == 's';
    const char *last = NULL;
    gsize n = read_word(lexer, word, sizeof word, &last);

    if (n >= sizeof word) {
        return (FmToken){.kind = FM_TOKEN_BAD};
    }
    /* "39d54m31s" has seconds, "39°54′31″S" lies in the south. */
    if (small_s && n == 1 && lexer->after_number && lexer->last_unit == 1) {
        return unit_token(lexer, 2);
    }
    /* "31secN": a capital at the end is an axis of its own, a small letter ("secs") is not. */
    guint level = FM_NO_UNIT;
    if (n > 1 && plain_char(g_utf8_get_char(last)) < 'a' && strchr("ewns", word[n - 1]) != NULL) {
        g_autofree char *unit = g_strndup(word, n - 1);
        level = unit_level(unit);
        lexer->at = level != FM_NO_UNIT ? last : lexer->at;
    }
    level = level == FM_NO_UNIT ? unit_level(word) : level;
    if (level != FM_NO_UNIT) {
        return unit_token(lexer, level);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(axis_words); i++) {
        if (strcmp(word, axis_words[i].word) == 0) {
            return axis_token(i);
        }
    }
    return (FmToken){.kind = FM_TOKEN_BAD};
}

static FmToken read_han_word(FmLexer *lexer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(axis_words); i++) {
        if (g_str_has_prefix(lexer->at, axis_words[i].word)) {
            lexer->at += strlen(axis_words[i].word);
            return axis_token(i);
        }
    }
    return (FmToken){.kind = FM_TOKEN_BAD};
}

/* A colon between digits divides degrees, minutes and seconds; after a word it only labels. */
static gboolean take_colon(FmLexer *lexer, FmToken *out)
{
    gboolean divides = lexer->after_number;

    step(lexer);
    if (!divides || !is_digit(peek(lexer)) || lexer->colons > 1) {
        *out = (FmToken){.kind = FM_TOKEN_BAD};
        return divides;
    }
    *out = unit_token(lexer, lexer->colons++);
    return TRUE;
}

FmToken fm_coordinate_token(FmLexer *lexer)
{
    FmToken token = {.kind = FM_TOKEN_BAD};
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
        return (FmToken){.kind = FM_TOKEN_END};
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
        return (FmToken){.kind = FM_TOKEN_SEPARATOR};
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

/* ---- decimal commas ---- */

/* What a text has of commas and of what else may divide. */
typedef struct {
    guint n_first, n_second; /* commas before the other separator, and after it */
    guint n_points, n_others;
    gboolean loose;     /* one that does not stand between digits */
    gboolean thousands; /* one that may divide thousands: 448,481 */
} Commas;

/* A comma, and the number before it, up to which a longitude goes. */
static void add_comma(Commas *commas, const char *after, guint before, gboolean has_before)
{
    gsize n = 0;

    while (is_digit(plain_char(g_utf8_get_char(after)))) {
        after = g_utf8_next_char(after);
        n++;
    }
    commas->loose |= !has_before || n == 0;
    commas->thousands |= n == 3 && before > 180 && before < 1000;
    if (commas->n_others == 0) {
        commas->n_first++;
    } else {
        commas->n_second++;
    }
}

static Commas count_commas(const char *text)
{
    Commas commas = {.n_first = 0};
    guint before = 0;
    gboolean has_before = FALSE;

    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = plain_char(g_utf8_get_char(text));
        if (c == ',') { /* or 、 */
            commas.loose |= g_utf8_get_char(text) == 0x3001;
            add_comma(&commas, g_utf8_next_char(text), before, has_before);
        }
        commas.n_points += c == '.' ? 1 : 0;
        commas.n_others += c == ';' || c == '/' || c == '|' ? 1 : 0;
        before = is_digit(c) ? MIN(before * 10 + (c - '0'), 1000000) : 0;
        has_before = is_digit(c);
    }
    return commas;
}

/* Much of Europe writes 116,40.  A comma is the decimal point where it cannot be anything else: in
 * one coordinate, or where something other than a comma divides two; and where no point is there
 * beside it, and no thousands may be meant. */
static gboolean has_decimal_comma(const char *text, gboolean pair)
{
    if (strchr(text, ',') == NULL && strstr(text, "，") == NULL) {
        return FALSE;
    }
    Commas commas = count_commas(text);
    gboolean either =
        commas.n_first + commas.n_second > 0 && commas.n_first <= 1 && commas.n_second <= 1;
    return either && commas.n_others == (pair ? 1 : 0) && commas.n_points == 0 && !commas.loose &&
           !commas.thousands;
}

FmLexer fm_coordinate_lexer(const char *text, gboolean pair)
{
    return (FmLexer){
        .at = text, .last_unit = FM_NO_UNIT, .decimal_comma = has_decimal_comma(text, pair)};
}
