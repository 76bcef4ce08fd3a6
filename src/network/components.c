/* Strongly connected components by Tarjan's algorithm (1972), with its recursion kept in an array:
 * a road of a million nodes would need as many stack frames. */
#include "graph-internal.h"

#include <stdlib.h>

typedef struct {
    const FmLinks *links;
    guint32 *index;  /* by place: 1 + order of discovery; 0 = not seen */
    guint32 *low;    /* by place: lowest index known to be reachable within the component */
    guint32 *next;   /* by place: the link to look at next */
    guint32 *caller; /* by place: from where it was entered */
    guint32 *stack;  /* places whose component is not known yet */
    guint32 *found;  /* by place: component, FM_NODE_NONE while open */
    guint32 n_stack, n_seen, n_found;
} Tarjan;

static void enter(Tarjan *t, guint32 place, guint32 caller)
{
    t->index[place] = t->low[place] = ++t->n_seen;
    t->next[place] = t->links->first[place];
    t->caller[place] = caller;
    t->stack[t->n_stack++] = place;
}

static void close_component(Tarjan *t, guint32 root)
{
    guint32 place;
    do {
        place = t->stack[--t->n_stack];
        t->found[place] = t->n_found;
    } while (place != root);
    t->n_found++;
}

/* Goes on from a place: into an unseen neighbour, or back to where it came from. */
static guint32 advance(Tarjan *t, guint32 place)
{
    while (t->next[place] < t->links->first[place + 1]) {
        guint32 other = t->links->links[t->next[place]++].place;
        if (t->index[other] == 0) {
            enter(t, other, place);
            return other;
        }
        if (t->found[other] == FM_NODE_NONE)
            t->low[place] = MIN(t->low[place], t->index[other]);
    }
    if (t->low[place] == t->index[place])
        close_component(t, place);
    guint32 caller = t->caller[place];
    if (caller != FM_NODE_NONE)
        t->low[caller] = MIN(t->low[caller], t->low[place]);
    return caller;
}

typedef struct {
    guint32 size, lowest, id;
} Component;

static int by_size(const void *a, const void *b)
{
    const Component *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return x->lowest < y->lowest ? -1 : x->lowest > y->lowest;
}

/* Renumbers components by falling size, ties by the lowest node. */
static void renumber(const FmGraph *graph, guint32 n_components, guint32 *component)
{
    g_autofree Component *list = g_new(Component, MAX(n_components, 1));
    for (guint32 c = 0; c < n_components; c++)
        list[c] = (Component){0, FM_NODE_NONE, c};
    for (guint32 node = 0; node < graph->n_nodes; node++) {
        Component *one = &list[component[node]];
        one->size++;
        one->lowest = MIN(one->lowest, node);
    }
    qsort(list, n_components, sizeof *list, by_size);
    g_autofree guint32 *number = g_new(guint32, MAX(n_components, 1));
    for (guint32 c = 0; c < n_components; c++)
        number[list[c].id] = c;
    for (guint32 node = 0; node < graph->n_nodes; node++)
        component[node] = number[component[node]];
}

guint32 fm_graph_components(const FmGraph *graph, guint32 *component)
{
    guint32 n = graph->n_nodes;
    g_autofree guint32 *numbers = g_new0(guint32, 6 * (gsize)n + 1);
    Tarjan t = {.links = &graph->links[FM_TRAVEL_FROM],
                .index = numbers,
                .low = numbers + n,
                .next = numbers + 2 * (gsize)n,
                .caller = numbers + 3 * (gsize)n,
                .stack = numbers + 4 * (gsize)n,
                .found = numbers + 5 * (gsize)n};
    for (guint32 p = 0; p < n; p++)
        t.found[p] = FM_NODE_NONE;
    for (guint32 root = 0; root < n; root++) {
        if (t.index[root] != 0)
            continue;
        enter(&t, root, FM_NODE_NONE);
        for (guint32 place = root; place != FM_NODE_NONE;)
            place = advance(&t, place);
    }
    for (guint32 node = 0; node < n; node++)
        component[node] = t.found[graph->place_of[node]];
    renumber(graph, t.n_found, component);
    return t.n_found;
}
