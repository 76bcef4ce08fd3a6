/* The terminal: Ctrl-C, the progress bar, and tables.  The only mutable globals of the tool are
 * here: a signal handler can reach nothing else, and the bar is one thing on one screen. */

#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static gboolean bar_on_screen;

enum { BAR_WIDTH = 16, REDRAW_US = 100000 };

typedef struct {
    gboolean draw;
    gint64 started_us, drawn_us;
} Bar;

static Bar bar;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void draw_bar(double fraction, const char *stage, gint64 now_us)
{
    int filled = (int)(fraction * BAR_WIDTH);
    double elapsed_s = (double)(now_us - bar.started_us) / 1e6;
    fprintf(stderr, "\r\033[K%-42.42s [", stage != NULL ? stage : "");
    for (int i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fprintf(stderr, "] %3d%%", (int)(fraction * 100));
    if (fraction > 0.02 && elapsed_s > 2)
        fprintf(stderr, "  %.0f s left", elapsed_s * (1 - fraction) / fraction);
    fflush(stderr);
    bar_on_screen = TRUE;
}

static gboolean on_progress(double fraction, const char *stage, void *user)
{
    (void)user;
    if (interrupted)
        return FALSE;
    gint64 now_us = g_get_monotonic_time();
    if (bar.draw && now_us - bar.drawn_us >= REDRAW_US) {
        bar.drawn_us = now_us;
        draw_bar(fraction, stage, now_us);
    }
    return TRUE;
}

void cli_terminal_start(CliContext *context)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND; /* a second Ctrl-C ends the program at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction before;
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup */
        sigaction(SIGHUP, &action, NULL);
    gint64 now_us = g_get_monotonic_time();
    bar = (Bar){
        .draw = isatty(STDERR_FILENO) && !context->quiet && !context->json,
        .started_us = now_us,
        .drawn_us = now_us, /* nothing is drawn for work that is done at once */
    };
    context->progress = fm_progress_init(on_progress, NULL);
}

void cli_terminal_stop(void)
{
    if (bar_on_screen)
        fputs("\r\033[K", stderr);
    bar_on_screen = FALSE;
    bar.drawn_us = g_get_monotonic_time();
}

/* ---- tables ----------------------------------------------------------------------------- */

struct CliTable {
    gsize n_columns;
    gboolean *right;
    GPtrArray *cells; /* heads first, row by row */
};

static int display_width(const char *text)
{
    int width = 0;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar glyph = g_utf8_get_char(c);
        if (!g_unichar_iszerowidth(glyph))
            width += g_unichar_iswide(glyph) ? 2 : 1;
    }
    return width;
}

CliTable *cli_table_new(const char *const *heads)
{
    CliTable *table = g_new0(CliTable, 1);
    while (heads[table->n_columns] != NULL)
        table->n_columns++;
    table->right = g_new0(gboolean, table->n_columns);
    table->cells = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < table->n_columns; i++) {
        table->right[i] = heads[i][0] == '>';
        g_ptr_array_add(table->cells, g_strdup(heads[i] + (table->right[i] ? 1 : 0)));
    }
    return table;
}

void cli_table_free(CliTable *table)
{
    if (table == NULL)
        return;
    g_ptr_array_unref(table->cells);
    g_free(table->right);
    g_free(table);
}

void cli_table_add(CliTable *table, ...)
{
    va_list cells;
    va_start(cells, table);
    gsize n = 0;
    for (const char *cell; (cell = va_arg(cells, const char *)) != NULL; n++)
        g_ptr_array_add(table->cells, g_utf8_make_valid(cell, -1));
    va_end(cells);
    g_assert(n == table->n_columns);
}

static void print_cell(const char *text, int width, gboolean right, gboolean last)
{
    int padding = width - display_width(text);
    if (right)
        printf("%*s%s", padding, "", text);
    else if (last)
        fputs(text, stdout);
    else
        printf("%s%*s", text, padding, "");
}

void cli_table_print(const CliTable *table)
{
    gsize n = table->n_columns;
    g_autofree int *widths = g_new0(int, n);
    for (guint i = 0; i < table->cells->len; i++)
        widths[i % n] = MAX(widths[i % n], display_width(g_ptr_array_index(table->cells, i)));
    for (guint i = 0; i < table->cells->len; i++) {
        gsize column = i % n;
        fputs("  ", stdout);
        print_cell(g_ptr_array_index(table->cells, i), widths[column], table->right[column],
                   column + 1 == n);
        if (column + 1 == n)
            putchar('\n');
        if (i + 1 == n) {
            for (gsize k = 0; k < n; k++) {
                fputs("  ", stdout);
                for (int w = 0; w < widths[k]; w++)
                    putchar('-');
            }
            putchar('\n');
        }
    }
}

char *cli_format_people(double people)
{
    return fm_format_count((gint64)(people + 0.5));
}

char *cli_format_percent(double ratio)
{
    return g_strdup_printf("%.1f %%", ratio * 100);
}

char *cli_format_length(double metres)
{
    return metres < 1000 ? g_strdup_printf("%.0f m", metres)
                         : g_strdup_printf("%.2f km", metres / 1000);
}

char *cli_format_area(double square_metres)
{
    return g_strdup_printf("%.1f km2", square_metres / 1e6);
}
