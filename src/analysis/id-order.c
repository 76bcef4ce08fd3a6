/* The order of targets.  Every kernel gives ties to the lower position, so positions in the order
 * of ids make answers that do not depend on the order in which a layer was loaded. */
#include "analysis-internal.h"

#include <stdlib.h>
#include <string.h>

/* Digits of a number without leading zeros. */
static gsize number_at(const char **text)
{
    while ((*text)[0] == '0' && g_ascii_isdigit((*text)[1]))
        ++*text;
    return strspn(*text, "0123456789");
}

int fm_id_compare(const char *left, const char *right)
{
    const char *a = left, *b = right;
    while (*a != '\0' && *b != '\0') {
        if (g_ascii_isdigit(*a) && g_ascii_isdigit(*b)) {
            gsize n = number_at(&a), n_other = number_at(&b);
            int order = n != n_other ? (n < n_other ? -1 : 1) : strncmp(a, b, n);
            if (order != 0)
                return order;
            a += n;
            b += n;
        } else if (*a != *b) {
            return (guchar)*a < (guchar)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    if (*a != *b)
        return *a == '\0' ? -1 : 1;
    return strcmp(left, right); /* they differ in leading zeros, or not at all */
}

typedef struct {
    char *id;
    gsize row;
} Named;

static int compare_named(const void *a, const void *b)
{
    const Named *left = a, *right = b;
    int order = fm_id_compare(left->id, right->id);
    return order != 0 ? order : left->row < right->row ? -1 : 1;
}

void fm_features_order_by_id(FmFeatures *features)
{
    g_autofree Named *named = g_new(Named, features->n);
    gboolean ordered = TRUE;
    for (gsize row = 0; row < features->n; row++) {
        named[row] = (Named){fm_features_dup_id(features, row), row};
        ordered = ordered && (row == 0 || compare_named(&named[row - 1], &named[row]) < 0);
    }
    if (!ordered) {
        qsort(named, features->n, sizeof *named, compare_named);
        features->order = g_new(gsize, features->n);
    }
    for (gsize i = 0; i < features->n; i++) {
        if (!ordered) {
            features->order[i] = named[i].row;
            features->geometries[i] = fm_table_geometry(features->table, named[i].row);
        }
        g_free(named[i].id);
    }
}
