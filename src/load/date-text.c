/* Dates as tables have them, in the form that facmap keeps: ISO 8601, as exact as the source.  The
 * year stands first, or all of it is one number of eight digits; "1/9/2010" is left alone, because
 * it is another day in another country, and so is "201204", which
 * may be a month of 2012 or a day of 2020. */
#include "load-internal.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    guint part[3]; /* year, month, day */
    guint n;
} Parts;

static gboolean take_number(const char **at, guint min_digits, guint max_digits, guint *out)
{
    guint n = 0;

    *out = 0;
    for (; n < max_digits && g_ascii_isdigit((*at)[n]); n++) {
        *out = *out * 10 + (guint)((*at)[n] - '0');
    }
    if (n < min_digits || g_ascii_isdigit((*at)[n])) {
        return FALSE;
    }
    *at += n;
    return TRUE;
}

static gboolean skip(const char **at, const char *text)
{
    if (!g_str_has_prefix(*at, text)) {
        return FALSE;
    }
    *at += strlen(text);
    return TRUE;
}

/* The time of day that spreadsheets add, when it says nothing: midnight. */
static gboolean is_midnight(const char *at)
{
    at += strspn(at, " T");
    return *at != '\0' && strspn(at, "0:.Z") == strlen(at);
}

/* 2010年9月1日, each part optional from the end. */
static gboolean read_chinese(const char *at, Parts *out)
{
    static const char *const units[] = {"年", "月", "日"};

    for (out->n = 0; out->n < 3 && *at != '\0'; out->n++) {
        if (!take_number(&at, out->n == 0 ? 4 : 1, out->n == 0 ? 4 : 2, &out->part[out->n]) ||
            !(skip(&at, units[out->n]) || (out->n == 2 && skip(&at, "号")))) {
            return FALSE;
        }
    }
    return *at == '\0';
}

/* One separator for all dashes, doubled ones too; one at the end says nothing: "1941-". */
static char *plain_dashes(const char *text)
{
    GString *plain = g_string_new(NULL);

    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        gboolean dash = g_unichar_type(letter) == G_UNICODE_DASH_PUNCTUATION || letter == '_';
        if (!dash) {
            g_string_append_unichar(plain, letter);
        } else if (plain->len == 0 || plain->str[plain->len - 1] != '-') {
            g_string_append_c(plain, '-');
        }
    }
    if (plain->len > 0 && plain->str[plain->len - 1] == '-') {
        g_string_truncate(plain, plain->len - 1);
    }
    return g_string_free(plain, FALSE);
}

/* 2010/9/1, 2010.9, 2010-9-1 00:00:00 */
static gboolean read_separated(const char *at, Parts *out)
{
    char separator = '\0';

    for (out->n = 0; out->n < 3; out->n++) {
        if (out->n > 0) {
            if (*at == '\0') {
                return TRUE;
            }
            separator = separator == '\0' ? *at : separator;
            if (*at != separator || strchr("-/.", separator) == NULL) {
                return FALSE;
            }
            at++;
        }
        if (!take_number(&at, out->n == 0 ? 4 : 1, out->n == 0 ? 4 : 2, &out->part[out->n])) {
            return FALSE;
        }
    }
    return *at == '\0' || is_midnight(at);
}

static gboolean read_digits(const char *at, Parts *out)
{
    guint all = 0;

    if (!take_number(&at, 8, 8, &all) || *at != '\0') {
        return FALSE;
    }
    *out = (Parts){{all / 10000, all / 100 % 100, all % 100}, 3};
    return TRUE;
}

char *fm_date_tidy(const char *text)
{
    g_autofree char *compatible = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autofree char *trimmed = compatible != NULL ? fm_text_trim(compatible) : g_strdup("");
    g_autofree char *plain = plain_dashes(trimmed);
    Parts parts = {{0}, 0};
    char iso[32];
    gint64 days;

    if (!read_chinese(plain, &parts) && !read_separated(plain, &parts) &&
        !read_digits(plain, &parts)) {
        return NULL;
    }
    gsize length = parts.n == 1 ? 4 : parts.n == 2 ? 7 : 10;
    (void)snprintf(iso, sizeof iso, "%04u-%02u-%02u", parts.part[0], parts.part[1], parts.part[2]);
    iso[length] = '\0';
    return parts.n > 0 && fm_date_parse(iso, FM_DATE_FIRST_DAY, &days, NULL) ? g_strdup(iso) : NULL;
}
