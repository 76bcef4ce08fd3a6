/* One line about a table, for where a list of findings would be too much. */
#include "check-internal.h"

/* Looking for duplicates takes about a second for so many rows: more than a load should wait. */
enum { MOST_ROWS = 10000 };

char *fm_check_table_summary(const FmTable *table, const char *layer)
{
    gsize counts[FM_N_CHECKS] = {0};
    g_autoptr(GString) text = g_string_new(NULL);
    if (fm_table_n_rows(table) > MOST_ROWS)
        return NULL;
    g_autoptr(GPtrArray) findings = fm_check_table(table, layer, NULL);
    for (guint i = 0; i < findings->len; i++) {
        const FmFinding *finding = g_ptr_array_index(findings, i);
        counts[finding->kind] += finding->severity >= FM_SEVERITY_WARNING ? 1 : 0;
    }
    for (guint kind = 0; kind < FM_N_CHECKS; kind++)
        if (counts[kind] > 0)
            g_string_append_printf(text, "%s%s: %" G_GSIZE_FORMAT, text->len > 0 ? ", " : "",
                                   fm_check_info(kind)->title_en, counts[kind]);
    if (text->len == 0)
        return NULL;
    g_string_append_printf(text, "; 'facmap check WS %s' shows the rows and why", layer);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
