/* Strict JSON, character by character.  What stands inside texts opens and closes nothing, and a
 * comment, which could hide a quotation mark, ends the reading: so the depth that is counted is the
 * depth that a parser meets. */
#include <facmap/core.h>

#include <math.h>
#include <string.h>

typedef struct {
    const char *text; /* whole */
    const char *at;
    guint depth;
    gboolean ended;    /* an object or array on top level was closed */
    GArray *long_ends; /* gsize: offsets behind whole numbers of too many digits */
    /* By depth: the keys of the object that is open there, and where each stands in the text.  The
     * tables are used again by the next object. */
    GHashTable *keys[FM_JSON_MAX_DEPTH + 1];
    gboolean in_object[FM_JSON_MAX_DEPTH + 1];
} Scanner;

static void scanner_clear(Scanner *scanner)
{
    for (gsize i = 0; i < G_N_ELEMENTS(scanner->keys); i++) {
        g_clear_pointer(&scanner->keys[i], g_hash_table_unref);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scanner, scanner_clear)

/* "line 3, column 7"; transfer full. */
static char *place_of(const char *text, const char *at)
{
    guint line = 1;
    const char *begin = text;
    for (const char *c = text; c < at; c++) {
        if (*c == '\n') {
            line++;
            begin = c + 1;
        }
    }
    return g_strdup_printf("line %u, column %ld", line, g_utf8_strlen(begin, at - begin) + 1);
}

static gboolean scan_error(const Scanner *scanner, GError **error, const char *what)
{
    g_autofree char *place = place_of(scanner->text, scanner->at);
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s", place, what);
    return FALSE;
}

/* Four hexadecimal digits, or -1. */
static int hex4(const char *c)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const int digit = g_ascii_xdigit_value(c[i]);
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* After "\u".  Surrogates must come in pairs, and NUL would end our strings. */
static gboolean scan_unicode_escape(Scanner *scanner, GError **error)
{
    const int unit = hex4(scanner->at);
    if (unit < 0) {
        return scan_error(scanner, error, "\\u needs four hexadecimal digits");
    }
    if (unit == 0) {
        return scan_error(scanner, error, "\\u0000 is not allowed in text");
    }
    const gboolean high = unit >= 0xD800 && unit <= 0xDBFF;
    const int next = high && strncmp(scanner->at + 4, "\\u", 2) == 0 ? hex4(scanner->at + 6) : -1;
    if ((unit >= 0xDC00 && unit <= 0xDFFF) || (high && (next < 0xDC00 || next > 0xDFFF))) {
        return scan_error(scanner, error, "half of a surrogate pair");
    }
    scanner->at += high ? 10 : 4;
    return TRUE;
}

static gboolean scan_string(Scanner *scanner, GError **error)
{
    scanner->at++;
    while (*scanner->at != '"') {
        const guchar c = (guchar)*scanner->at;
        if (c < 0x20) {
            return scan_error(scanner, error,
                              c == 0 ? "text without its closing quote"
                                     : "control character in text");
        }
        if (c != '\\') {
            scanner->at++;
        } else if (scanner->at[1] == 'u') {
            scanner->at += 2;
            if (!scan_unicode_escape(scanner, error)) {
                return FALSE;
            }
        } else if (scanner->at[1] != '\0' && strchr("\"\\/bfnrt", scanner->at[1]) != NULL) {
            scanner->at += 2;
        } else {
            return scan_error(scanner, error, "unknown escape in text");
        }
    }
    scanner->at++;
    return TRUE;
}

/* The character of a "\\u" escape that was scanned, and of its other half; steps on. */
static gunichar unicode_escape(const char **at)
{
    const int high = hex4(*at + 2);

    *at += 6;
    if (high < 0xD800 || high > 0xDBFF) {
        return (gunichar)high;
    }
    const int low = hex4(*at + 2);
    *at += 6;
    return 0x10000 + (((gunichar)high - 0xD800) << 10) + ((gunichar)low - 0xDC00);
}

/* The text between the quotes at `begin` and before `end`, escapes resolved; transfer full. */
static char *string_at(const char *begin, const char *end)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    GString *text = g_string_new(NULL);

    for (const char *at = begin + 1; at < end - 1;) {
        if (*at != '\\') {
            g_string_append_c(text, *at++);
        } else if (at[1] == 'u') {
            g_string_append_unichar(text, unicode_escape(&at));
        } else {
            const char *letter = strchr(letters, at[1]);
            g_string_append_c(text, letter != NULL ? meanings[letter - letters] : at[1]);
            at += 2;
        }
    }
    return g_string_free(text, FALSE);
}

/* The text that was scanned from `begin` on, if a colon makes it a key, is new to its object. */
static gboolean check_key(Scanner *scanner, const char *begin, GError **error)
{
    const char *next = scanner->at + strspn(scanner->at, " \t\r\n");
    if (!scanner->in_object[scanner->depth] || *next != ':') {
        return TRUE;
    }
    GHashTable **keys = &scanner->keys[scanner->depth];
    if (*keys == NULL) {
        *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    g_autofree char *key = string_at(begin, scanner->at);
    const char *first = g_hash_table_lookup(*keys, key);
    if (first == NULL) {
        g_hash_table_insert(*keys, g_steal_pointer(&key), (gpointer)(guintptr)begin);
        return TRUE;
    }
    g_autofree char *place = place_of(scanner->text, first);
    g_autofree char *what =
        g_strdup_printf("the key '%s' stands in its object already, at %s; keep one", key, place);
    scanner->at = begin;
    return scan_error(scanner, error, what);
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, within the range of its type. */
static gboolean scan_number(Scanner *scanner, GError **error)
{
    const gsize most_digits = 18; /* always within 64 bits, sign and all */
    const char *digits = scanner->at + (*scanner->at == '-' ? 1 : 0);
    const gsize whole = strspn(digits, "0123456789");
    const char *c = digits + whole;
    gboolean good = whole > 0 && (digits[0] != '0' || whole == 1);
    gboolean real = FALSE;
    if (*c == '.') {
        const gsize fraction = strspn(c + 1, "0123456789");
        real = TRUE;
        good = good && fraction > 0;
        c += 1 + fraction;
    }
    if (*c == 'e' || *c == 'E') {
        c += c[1] == '+' || c[1] == '-' ? 2 : 1;
        const gsize exponent = strspn(c, "0123456789");
        real = TRUE;
        good = good && exponent > 0;
        c += exponent;
    }
    if (!good || g_ascii_isalnum(*c)) {
        return scan_error(scanner, error, "not a number");
    }
    if (!isfinite(g_ascii_strtod(scanner->at, NULL))) {
        return scan_error(scanner, error, "number out of range");
    }
    if (!real && whole > most_digits) {
        const gsize end = (gsize)(c - scanner->text);
        g_array_append_val(scanner->long_ends, end);
    }
    scanner->at = c;
    return TRUE;
}

static gboolean scan_word(Scanner *scanner, GError **error)
{
    static const char *const words[] = {"true", "false", "null"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize length = strlen(words[i]);
        if (strncmp(scanner->at, words[i], length) == 0 && !g_ascii_isalnum(scanner->at[length])) {
            scanner->at += length;
            return TRUE;
        }
    }
    return scan_error(scanner, error, "not JSON (comments are not, either)");
}

static gboolean scan_token(Scanner *scanner, GError **error)
{
    const char *token = scanner->at;
    switch (*scanner->at) {
    case '{':
    case '[':
        if (scanner->ended) { /* json-glib would stop reading here */
            return scan_error(scanner, error, "a second value");
        }
        if (++scanner->depth > FM_JSON_MAX_DEPTH) {
            return scan_error(scanner, error,
                              "nested deeper than " G_STRINGIFY(FM_JSON_MAX_DEPTH) " levels");
        }
        scanner->in_object[scanner->depth] = *scanner->at == '{';
        if (scanner->keys[scanner->depth] != NULL) {
            g_hash_table_remove_all(scanner->keys[scanner->depth]);
        }
        scanner->at++;
        return TRUE;
    case '}':
    case ']':
        scanner->depth -= scanner->depth > 0 ? 1 : 0;
        scanner->ended = scanner->depth == 0;
        scanner->at++;
        return TRUE;
    case ',':
    case ':':
    case ' ':
    case '\t':
    case '\n':
    case '\r':
        scanner->at++;
        return TRUE;
    case '"':
        return scan_string(scanner, error) && check_key(scanner, token, error);
    default:
        return *scanner->at == '-' || g_ascii_isdigit(*scanner->at) ? scan_number(scanner, error)
                                                                    : scan_word(scanner, error);
    }
}

/* Offsets of too long whole numbers go to `long_ends`. */
static gboolean scan(const char *text, GArray *long_ends, GError **error)
{
    g_auto(Scanner) scanner = {.text = text, .at = text, .long_ends = long_ends};
    const char *end;
    if (!g_utf8_validate(text, -1, &end)) {
        scanner.at = end;
        return scan_error(&scanner, error, "not UTF-8");
    }
    while (*scanner.at != '\0') {
        if (!scan_token(&scanner, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Write whole numbers that end at the offsets as reals.  Transfer full. */
static char *with_reals(const char *text, const GArray *ends)
{
    GString *out = g_string_new(NULL);
    gsize from = 0;
    for (guint i = 0; i < ends->len; i++) {
        const gsize end = g_array_index(ends, gsize, i);
        g_string_append_len(out, text + from, (gssize)(end - from));
        g_string_append(out, ".0");
        from = end;
    }
    g_string_append(out, text + from);
    return g_string_free(out, FALSE);
}

char *fm_json_strict(const char *text, gssize length, GError **error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    g_autofree char *copy = length < 0 ? NULL : g_strndup(text, (gsize)length);
    const char *begin = copy != NULL ? copy : text;
    g_autoptr(GArray) long_ends = g_array_new(FALSE, FALSE, sizeof(gsize));

    if (g_str_has_prefix(begin, byte_order_mark)) {
        begin += strlen(byte_order_mark);
    }
    if (!scan(begin, long_ends, error)) {
        return NULL;
    }
    if (copy != NULL && strlen(copy) < (gsize)length) {
        const Scanner end = {.text = begin, .at = begin + strlen(begin)};
        scan_error(&end, error, "a NUL byte");
        return NULL;
    }
    return with_reals(begin, long_ends);
}
