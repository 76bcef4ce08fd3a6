/* Shortest decimal digits of a double, and the texts made of them.
 *
 * The digits are found by printing with 15, 16 and 17 significant digits and taking the first that
 * reads back as the same number; 15 always survive, 17 always suffice (IEEE 754, clause 5.12.2).
 * Subnormal numbers hold fewer, so there the search begins with one. */
#include "number-text.h"

#include <float.h>
#include <math.h>
#include <string.h>

FmDecimal fm__decimal(double value)
{
    FmDecimal decimal = {.negative = signbit(value) != 0};
    char text[40] = "";
    const int most = 17;
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= most; digits++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%de", digits - 1);
        g_ascii_formatd(text, sizeof text, format, fabs(value));
        if (g_ascii_strtod(text, NULL) == fabs(value)) {
            break;
        }
    }
    const char *exponent = strchr(text, 'e');
    for (const char *c = text; c != exponent && *c != '\0'; c++) {
        if (*c != '.') {
            decimal.digits[decimal.n++] = *c;
        }
    }
    while (decimal.n > 1 && decimal.digits[decimal.n - 1] == '0') {
        decimal.n--;
    }
    decimal.digits[decimal.n] = '\0';
    decimal.point = 1 + (exponent != NULL ? (int)g_ascii_strtoll(exponent + 1, NULL, 10) : 0);
    return decimal;
}

/* Digit at 10^place, '0' beyond those there are. */
static char digit_at(const FmDecimal *decimal, int place)
{
    const int i = decimal->point - 1 - place;
    return i >= 0 && i < decimal->n ? decimal->digits[i] : '0';
}

/* Plain notation with `fraction` digits after the point; groups of three when `group`. */
static void append_plain(GString *out, const FmDecimal *decimal, int fraction, gboolean group)
{
    for (int place = MAX(decimal->point - 1, 0); place >= 0; place--) {
        g_string_append_c(out, digit_at(decimal, place));
        if (group && place > 0 && place % 3 == 0) {
            g_string_append_c(out, ',');
        }
    }
    if (fraction > 0) {
        g_string_append_c(out, '.');
    }
    for (int place = -1; place >= -fraction; place--) {
        g_string_append_c(out, digit_at(decimal, place));
    }
}

const char *fm__number_text(double value, char buffer[FM_NUMBER_TEXT_SIZE])
{
    if (!isfinite(value)) {
        const char *name = isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        g_strlcpy(buffer, name, FM_NUMBER_TEXT_SIZE);
        return buffer;
    }
    const double exact = 1e15; /* whole numbers below are their own shortest digits */
    if (value == floor(value) && fabs(value) < exact) {
        g_snprintf(buffer, FM_NUMBER_TEXT_SIZE, "%" G_GINT64_FORMAT, (gint64)value);
        return buffer;
    }
    const FmDecimal decimal = fm__decimal(value);
    g_autoptr(GString) out = g_string_sized_new(FM_NUMBER_TEXT_SIZE);
    if (decimal.negative && value != 0) {
        g_string_append_c(out, '-');
    }
    if (decimal.point > 21 || decimal.point <= -6) {
        g_string_append_c(out, decimal.digits[0]);
        if (decimal.n > 1) {
            g_string_append_printf(out, ".%s", decimal.digits + 1);
        }
        g_string_append_printf(out, "e%+d", decimal.point - 1);
    } else {
        append_plain(out, &decimal, MAX(decimal.n - decimal.point, 0), FALSE);
    }
    g_strlcpy(buffer, out->str, FM_NUMBER_TEXT_SIZE);
    return buffer;
}

/* Keep `fraction` digits after the point, ties away from zero. */
static void round_decimal(FmDecimal *decimal, int fraction)
{
    const int keep = decimal->point + fraction; /* digits that stay */
    if (keep >= decimal->n) {
        return;
    }
    const gboolean up = keep >= 0 && decimal->digits[keep] >= '5';
    decimal->n = MAX(keep, 0);
    int i = decimal->n - 1;
    while (up && i >= 0 && decimal->digits[i] == '9') {
        decimal->digits[i--] = '0';
    }
    if (up && i >= 0) {
        decimal->digits[i]++;
    } else if (up) { /* 9.99 -> 10.00, or 0.5 -> 1 */
        decimal->digits[0] = '1';
        decimal->n = 1;
        decimal->point++;
    }
    while (decimal->n > 0 && decimal->digits[decimal->n - 1] == '0') {
        decimal->n--;
    }
    if (decimal->n == 0) {
        *decimal = (FmDecimal){.negative = decimal->negative, .digits = "0", .n = 1, .point = 1};
    }
}

char *fm__number_grouped(double value, int min_fraction, int max_fraction)
{
    if (!isfinite(value)) {
        return g_strdup(isnan(value) ? "NaN" : value > 0 ? "∞" : "-∞");
    }
    FmDecimal decimal = fm__decimal(value);
    round_decimal(&decimal, max_fraction);
    GString *out = g_string_new(decimal.negative ? "-" : NULL);
    append_plain(out, &decimal, MAX(decimal.n - decimal.point, min_fraction), TRUE);
    return g_string_free(out, FALSE);
}

/* Length of the unsigned decimal ("1", "1.", ".5", "2e-3") at the start of the text, or 0. */
static gsize decimal_length(const char *text)
{
    const char *c = text;
    gsize digits = 0;
    for (; g_ascii_isdigit(*c); c++) {
        digits++;
    }
    if (*c == '.') {
        for (c++; g_ascii_isdigit(*c); c++) {
            digits++;
        }
    }
    if (digits == 0) {
        return 0;
    }
    if (*c == 'e' || *c == 'E') {
        const char *e = c + 1;
        e += *e == '+' || *e == '-';
        if (!g_ascii_isdigit(*e)) {
            return 0;
        }
        while (g_ascii_isdigit(*e)) {
            e++;
        }
        c = e;
    }
    return (gsize)(c - text);
}

/* "0x1F", "0o17", "0b101"; no sign is allowed. */
static double prefixed_integer(const char *digits, int base)
{
    double value = 0;
    if (*digits == '\0') {
        return NAN;
    }
    for (; *digits != '\0'; digits++) {
        const int digit = g_ascii_xdigit_value(*digits);
        if (digit < 0 || digit >= base) {
            return NAN;
        }
        value = value * base + digit;
    }
    return value;
}

static gboolean is_blank(gunichar c)
{
    return g_unichar_isspace(c) || c == 0xFEFF || c == '\v';
}

double fm__number_from_text(const char *text)
{
    const char *begin = text;
    while (*begin != '\0' && is_blank(g_utf8_get_char(begin))) {
        begin = g_utf8_next_char(begin);
    }
    const char *end = begin + strlen(begin);
    while (end > begin && is_blank(g_utf8_get_char(g_utf8_prev_char(end)))) {
        end = g_utf8_prev_char(end);
    }
    g_autofree char *number = g_strndup(begin, (gsize)(end - begin));
    if (*number == '\0') {
        return 0;
    }
    if (number[0] == '0' && number[1] != '\0') {
        const char prefix = g_ascii_tolower(number[1]);
        const int base = prefix == 'x' ? 16 : prefix == 'o' ? 8 : prefix == 'b' ? 2 : 0;
        if (base != 0) {
            return prefixed_integer(number + 2, base);
        }
    }
    const char *unsigned_part = number + (*number == '+' || *number == '-');
    if (strcmp(unsigned_part, "Infinity") == 0) {
        return *number == '-' ? -INFINITY : INFINITY;
    }
    const gsize length = decimal_length(unsigned_part);
    if (length == 0 || unsigned_part[length] != '\0') {
        return NAN;
    }
    return g_ascii_strtod(number, NULL);
}
