/* Bad rows: which field, which value, and why. */
#include "load-internal.h"

/* Enough to recognise a value in a message; the reject file has the whole row. */
#define MAX_VALUE_CHARS 40

static void problem_free(gpointer data)
{
    FmProblem *problem = data;

    g_free(problem->field);
    g_free(problem->value);
    g_free(problem->reason);
    g_free(problem);
}

FmProblems *fm_problems_new(void)
{
    return g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, problem_free);
}

void fm_problems_add(FmProblems *problems, gsize row, const char *field, const char *value,
                     const char *format, ...)
{
    if (g_hash_table_contains(problems, GSIZE_TO_POINTER(row))) {
        return;
    }
    va_list arguments;
    FmProblem *problem = g_new0(FmProblem, 1);

    va_start(arguments, format);
    problem->field = g_strdup(field);
    problem->value = value != NULL ? g_utf8_make_valid(value, -1) : g_strdup("");
    problem->reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_hash_table_insert(problems, GSIZE_TO_POINTER(row), problem);
}

const FmProblem *fm_problems_get(FmProblems *problems, gsize row)
{
    return g_hash_table_size(problems) == 0 ? NULL /* as nearly always */
                                            : g_hash_table_lookup(problems, GSIZE_TO_POINTER(row));
}

/* A value in one line: cut, and without line breaks. */
static char *short_value(const char *value)
{
    g_autofree char *start =
        g_utf8_substring(value, 0, MIN(g_utf8_strlen(value, -1), MAX_VALUE_CHARS));
    gboolean cut = g_utf8_strlen(value, -1) > MAX_VALUE_CHARS;

    g_strdelimit(start, "\t\r\n", ' ');
    return g_strconcat(start, cut ? "…" : "", NULL);
}

char *fm_problem_describe(const FmProblem *problem, gsize row)
{
    GString *text = g_string_new(NULL);

    g_string_printf(text, "row %" G_GSIZE_FORMAT ": ", row + 1);
    if (*problem->field != '\0') {
        g_autofree char *value = short_value(problem->value);
        g_string_append_printf(text, "%s '%s': ", problem->field, value);
    }
    g_string_append(text, problem->reason);
    return g_string_free(text, FALSE);
}

char *fm_problems_describe_first(FmProblems *problems, gsize first_row, gsize n_rows)
{
    for (gsize row = 0; row < n_rows; row++) {
        const FmProblem *problem = fm_problems_get(problems, row);
        if (problem != NULL) {
            return fm_problem_describe(problem, first_row + row);
        }
    }
    return NULL;
}
