/* CSS colours as the style specification reads them: CSS Color Module Level 4 without `none`, hue
 * units other than degrees, and comments. */
#include "color.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

/* One number of a function's arguments: "120", "12e1", "50%", "120deg". */
typedef struct {
    double value;
    gboolean percent;
} Component;

/* Arguments of rgb() or hsl(). */
typedef struct {
    Component components[4];
    gsize n;
    gboolean commas; /* the old notation, with a comma also before alpha */
} Arguments;

static double unit(double value)
{
    return CLAMP(value, 0.0, 1.0);
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa; `digits` is what follows the '#'. */
static gboolean parse_hex(const char *digits, FmColor *out)
{
    const gsize length = strlen(digits);
    if (strspn(digits, "0123456789abcdef") != length ||
        (length != 3 && length != 4 && length != 6 && length != 8)) {
        return FALSE;
    }
    double channels[4] = {0, 0, 0, 1};
    const gsize width = length < 6 ? 1 : 2;
    for (gsize i = 0; i < length / width; i++) {
        const int high = g_ascii_xdigit_value(digits[i * width]);
        const int low = g_ascii_xdigit_value(digits[i * width + width - 1]);
        channels[i] = (high * 16 + low) / 255.0;
    }
    *out = (FmColor){channels[0], channels[1], channels[2], channels[3]};
    return TRUE;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\n\r\f\v");
}

/* Reads a number at *text and a '%' after it. */
static gboolean parse_component(const char **text, Component *out)
{
    const gsize length = strspn(*text, "0123456789.e+-");
    g_autofree char *number = g_strndup(*text, length);
    if (length == 0) {
        return FALSE;
    }
    out->value = fm__number_from_text(number);
    *text += length;
    out->percent = **text == '%';
    *text += out->percent ? 1 : 0;
    return !isnan(out->value);
}

/* What separates component i from the one before it: blanks, or a comma, or a slash before alpha;
 * the first separator decides which notation it is. */
static gboolean parse_separator(const char **text, gsize i, Arguments *arguments)
{
    const char *next = skip_blanks(*text);
    const gboolean blank = next != *text;
    const char wanted = i < 3 ? ',' : arguments->commas ? ',' : '/';
    const gboolean found = *next == wanted;
    if (i == 1) {
        arguments->commas = found;
    }
    *text = found ? skip_blanks(next + 1) : next;
    if (i < 3 && !arguments->commas) {
        return blank && !found;
    }
    return found;
}

/* "(a, b, c)", "(a b c / d)" … with nothing after it. */
static gboolean parse_arguments(const char *text, gboolean hue_first, Arguments *out)
{
    *out = (Arguments){.n = 0};
    if (*text != '(') {
        return FALSE;
    }
    text = skip_blanks(text + 1);
    while (out->n < G_N_ELEMENTS(out->components)) {
        if (out->n > 0 && !parse_separator(&text, out->n, out)) {
            return FALSE;
        }
        if (!parse_component(&text, &out->components[out->n])) {
            return FALSE;
        }
        if (out->n == 0 && hue_first && g_str_has_prefix(text, "deg")) {
            text += strlen("deg");
        }
        out->n++;
        if (out->n >= 3 && *skip_blanks(text) == ')') {
            return skip_blanks(text)[1] == '\0';
        }
    }
    return FALSE;
}

static double alpha_of(const Arguments *arguments)
{
    if (arguments->n < 4) {
        return 1;
    }
    const Component *alpha = &arguments->components[3];
    return unit(alpha->percent ? alpha->value / 100 : alpha->value);
}

static gboolean rgb_from_arguments(const Arguments *arguments, FmColor *out)
{
    const Component *c = arguments->components;
    if (c[0].percent != c[1].percent || c[1].percent != c[2].percent) {
        return FALSE;
    }
    const double most = c[0].percent ? 100 : 255;
    *out = (FmColor){unit(c[0].value / most), unit(c[1].value / most), unit(c[2].value / most),
                     alpha_of(arguments)};
    return TRUE;
}

/* CSS Color 4, section 7.1: one channel of an HSL colour. */
static double hsl_channel(double n, double hue_deg, double saturation, double lightness)
{
    const double k = fmod(n + hue_deg / 30, 12);
    const double a = saturation * fmin(lightness, 1 - lightness);
    return lightness - a * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
}

static gboolean hsl_from_arguments(const Arguments *arguments, FmColor *out)
{
    const Component *c = arguments->components;
    if (c[0].percent || !c[1].percent || !c[2].percent || !isfinite(c[0].value)) {
        return FALSE;
    }
    double hue = fmod(c[0].value, 360);
    hue += hue < 0 ? 360 : 0;
    const double saturation = unit(c[1].value / 100);
    const double lightness = unit(c[2].value / 100);
    *out = (FmColor){hsl_channel(0, hue, saturation, lightness),
                     hsl_channel(8, hue, saturation, lightness),
                     hsl_channel(4, hue, saturation, lightness), alpha_of(arguments)};
    return TRUE;
}

gboolean fm__color_parse(const char *text, FmColor *out)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    const char *color = g_strstrip(lower);
    guint32 rgb;
    Arguments arguments;
    if (*color == '#') {
        return parse_hex(color + 1, out);
    }
    if (strcmp(color, "transparent") == 0) {
        *out = (FmColor){0, 0, 0, 0};
        return TRUE;
    }
    if (fm__color_named(color, &rgb)) {
        *out = (FmColor){(rgb >> 16) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0, 1};
        return TRUE;
    }
    const gboolean is_rgb = g_str_has_prefix(color, "rgb");
    if (!is_rgb && !g_str_has_prefix(color, "hsl")) {
        return FALSE;
    }
    const char *open = color + strlen("rgb");
    open += *open == 'a' ? 1 : 0; /* rgba() and hsla() are the same functions */
    if (!parse_arguments(open, !is_rgb, &arguments)) {
        return FALSE;
    }
    return is_rgb ? rgb_from_arguments(&arguments, out) : hsl_from_arguments(&arguments, out);
}
