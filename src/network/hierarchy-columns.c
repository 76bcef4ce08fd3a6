/* Growing arrays are not copied: large blocks are moved to another address by the pages.  So what a
 * hierarchy takes is never there twice. */
#include "hierarchy-columns.h"

static gboolean reserve_columns(FmColumns *columns, gsize room)
{
    guint32 *ranks = g_try_renew(guint32, columns->ranks, room);
    columns->ranks = ranks ? ranks : columns->ranks;
    guint8 *counts = g_try_renew(guint8, columns->counts, room);
    columns->counts = counts ? counts : columns->counts;
    return ranks && counts;
}

static gboolean reserve_hops(FmColumns *columns, gsize room)
{
    guint8 *tails = g_try_renew(guint8, columns->tails, room);
    columns->tails = tails ? tails : columns->tails;
    gboolean enough = tails != NULL;
    for (int t = 0; t < 2; t++) {
        double *costs = g_try_renew(double, columns->costs[t], room);
        columns->costs[t] = costs ? costs : columns->costs[t];
        enough = enough && costs;
    }
    return enough;
}

gboolean fm_columns_reserve(FmColumns *columns, gsize n_columns, gsize n_hops)
{
    if (columns->ranks == NULL || n_columns > columns->column_room) {
        if (!reserve_columns(columns, MAX(n_columns, 1)))
            return FALSE;
        columns->column_room = n_columns;
    }
    if (columns->tails == NULL || n_hops > columns->hop_room) {
        if (!reserve_hops(columns, MAX(n_hops, 1)))
            return FALSE;
        columns->hop_room = n_hops;
    }
    return TRUE;
}

gboolean fm_columns_append(FmColumns *columns, const FmColumns *more)
{
    gsize n_columns = columns->n_columns + more->n_columns;
    gsize n_hops = columns->n_hops + more->n_hops;
    if (n_columns >= G_MAXUINT32 || n_hops >= G_MAXUINT32)
        return FALSE;
    /* By half at a time; what is not written yet takes no memory. */
    gsize column_room = columns->column_room, hop_room = columns->hop_room;
    if (!fm_columns_reserve(columns,
                            n_columns > column_room ? n_columns + n_columns / 2 : column_room,
                            n_hops > hop_room ? n_hops + n_hops / 2 : hop_room))
        return FALSE;
    gsize column = columns->n_columns, hop = columns->n_hops;
    memcpy(columns->ranks + column, more->ranks, more->n_columns * sizeof *more->ranks);
    memcpy(columns->counts + column, more->counts, more->n_columns * sizeof *more->counts);
    memcpy(columns->tails + hop, more->tails, more->n_hops * sizeof *more->tails);
    for (int t = 0; t < 2; t++)
        memcpy(columns->costs[t] + hop, more->costs[t], more->n_hops * sizeof *more->costs[t]);
    columns->n_columns = n_columns;
    columns->n_hops = n_hops;
    return TRUE;
}

void fm_columns_clear(FmColumns *columns)
{
    g_free(columns->ranks);
    g_free(columns->counts);
    g_free(columns->tails);
    g_free(columns->costs[0]);
    g_free(columns->costs[1]);
    *columns = (FmColumns){0};
}
