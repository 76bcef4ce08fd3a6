/* Names: sets of them in order, and "did you mean …?", the known name with the fewest typing errors
 * between. */
#include "style-internal.h"

#include <string.h>

#define LONGEST 64

/* Optimal string alignment: insertions, deletions, replacements and swaps of neighbours
 * (Damerau 1964, doi:10.1145/363958.363994).  O(length²). */
static gsize distance(const char *a, const char *b)
{
    const gsize n = strlen(b);
    gsize rows[3][LONGEST + 1];
    gsize *before = rows[0];
    gsize *last = rows[1];
    gsize *row = rows[2];
    for (gsize j = 0; j <= n; j++) {
        before[j] = last[j] = j;
    }
    for (gsize i = 1; a[i - 1] != '\0'; i++) {
        row[0] = i;
        for (gsize j = 1; j <= n; j++) {
            const gsize replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = MIN(replaced, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = MIN(row[j], before[j - 2] + 1);
            }
        }
        gsize *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[n];
}

const char *fm__nearest_name(const char *name, const char *const *names)
{
    const gsize length = strlen(name);
    gsize fewest = MIN(length / 3, 3) + 1; /* more errors than that are another word */
    const char *nearest = NULL;
    for (; length <= LONGEST && *names != NULL; names++) {
        if (strlen(*names) > LONGEST) {
            continue;
        }
        const gsize errors = distance(name, *names);
        if (errors < fewest) {
            fewest = errors;
            nearest = *names;
        }
    }
    return nearest;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **fm__names_sorted(GHashTable *set)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
