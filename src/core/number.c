/* Numbers as text and back, the same in every locale. */
#include <facmap/core.h>

#include <math.h>
#include <string.h>

/* 17 significant digits identify every double; 15 always survive the way to a double and back
 * unless it is subnormal.  So the first precision from 15 on that reads back is the shortest form
 * (%g drops trailing zeros), and subnormals start from 1. */
char *fm_format_double(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    int precision = fpclassify(value) == FP_SUBNORMAL ? 1 : 15;

    for (; precision <= 17; precision++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%dg", precision);
        g_ascii_formatd(text, sizeof text, format, value);
        if (g_ascii_strtod(text, NULL) == value) {
            break;
        }
    }
    return g_strdup(text);
}

char *fm_format_count(gint64 value)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, value);
    const char *from = digits;
    GString *text = g_string_new(NULL);

    if (*from == '-') {
        g_string_append_c(text, *from++);
    }
    for (gsize left = strlen(from); left > 0; left--) {
        g_string_append_c(text, *from++);
        if (left > 1 && left % 3 == 1) {
            g_string_append_c(text, ',');
        }
    }
    return g_string_free(text, FALSE);
}

/* Numbers as tables have them: digits that a double holds exactly, over a power of ten that it
 * holds exactly, so that one correctly rounded division gives the nearest double (Clinger 1990,
 * doi:10.1145/93548.93557).  FALSE when the text is anything else. */
static gboolean read_short(const char *text, gsize length, double *out)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *at = text, *end = text + length, *point = NULL;
    gsize n_digits = 0;
    gint64 digits = 0;

    at += *at == '-';
    for (; at < end; at++) {
        if (*at == '.' && point == NULL) {
            point = at;
        } else if (g_ascii_isdigit(*at) && n_digits < G_N_ELEMENTS(powers) - 1) {
            digits = digits * 10 + (*at - '0');
            n_digits++;
        } else {
            return FALSE;
        }
    }
    if (n_digits == 0) {
        return FALSE;
    }
    double value = (double)digits / powers[point != NULL ? end - point - 1 : 0];
    *out = *text == '-' ? -value : value;
    return TRUE;
}

gboolean fm_parse_double(const char *text, double *out)
{
    while (g_ascii_isspace(*text)) {
        text++;
    }
    gsize length = strlen(text);
    while (length > 0 && g_ascii_isspace(text[length - 1])) {
        length--;
    }
    /* strtod would also read "nan", "inf" and "0x1p3". */
    if (length == 0 || strspn(text, "0123456789+-.eE") < length) {
        return FALSE;
    }

    if (read_short(text, length, out)) {
        return TRUE;
    }
    char *end = NULL;
    double value = g_ascii_strtod(text, &end);
    if (end != text + length || !isfinite(value)) {
        return FALSE;
    }
    *out = value;
    return TRUE;
}
