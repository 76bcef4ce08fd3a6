/* The display list's one line format. */
#include "display-list.h"

#include <math.h>
#include <string.h>

void fm__display_list_add(GString *list, const char *kind, FmPageRect box, const char *format, ...)
{
    if (!list)
        return;
    const double sides[] = {box.x_px, box.y_px, box.width_px, box.height_px};
    g_string_append(list, kind);
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        /* Rounded before printing, and + 0.0 so that there is no "-0.00". */
        double rounded = rint(sides[i] * 100) / 100 + 0.0;
        g_string_append_c(list, ' ');
        g_string_append(list, g_ascii_formatd(number, sizeof number, "%.2f", rounded));
    }
    va_list args;
    va_start(args, format);
    g_autofree char *words = g_strdup_vprintf(format, args);
    va_end(args);
    g_strdelimit(words, "\n", ' ');
    g_string_append_printf(list, " %s\n", words);
}
