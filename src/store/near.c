/* What the user may have meant: all names when there are few, else those that are a few typing
 * mistakes away (Levenshtein 1966) or begin alike. */
#include "store-internal.h"

#include <string.h>

#define LIST_ALL_UP_TO 12

/* Edits that turn a into b: insert, delete or replace a byte.  O(|a| |b|) time, O(|b|) memory. */
static gsize edit_distance(const char *a, const char *b)
{
    gsize n = strlen(b);
    g_autofree gsize *row = g_new(gsize, n + 1);

    for (gsize j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (gsize i = 0; a[i] != '\0'; i++) {
        gsize diagonal = row[0];
        row[0] = i + 1;
        for (gsize j = 0; j < n; j++) {
            gsize replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = MIN(replaced, MIN(diagonal, row[j]) + 1);
        }
    }
    return row[n];
}

static gboolean is_near(const char *wanted, const char *name)
{
    gsize length = strlen(wanted);

    return edit_distance(wanted, name) <= MAX(1, length / 3) || g_str_has_prefix(name, wanted) ||
           (name[0] != '\0' && g_str_has_prefix(wanted, name));
}

char *fm_near_hint(const char *wanted, const char *const *names, gsize n)
{
    g_autoptr(GString) list = g_string_new(NULL);
    gboolean all = n <= LIST_ALL_UP_TO;

    for (gsize i = 0; i < n; i++) {
        if (all || is_near(wanted, names[i])) {
            g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", names[i]);
        }
    }
    if (list->len == 0) {
        return g_strdup("");
    }
    return g_strdup_printf(all ? "; there are: %s" : "; did you mean: %s?", list->str);
}
