/* A way u → v → x over the node v needs a shortcut unless another way from u to x costs no more.
 * From each u one search looks for such witnesses of all x at once.  It need not arrive: a witness
 * is found where the last node before x is settled, so that the search may stop short by the
 * cheapest other arc into x. */
#include "witness.h"

/* Nodes that a search may settle.  A guess at the importance need not be good; but a shortcut too
 * many makes every later search longer, and breeds more. */
enum {
    SETTLE_FEW = 8,
    SETTLE_MOST = 1000,
    LOOK_EVERY = 8, /* settled nodes between two looks at what is still to be found */
};

typedef struct {
    FmSteps cost;
    guint32 place;
} Item;

struct FmWitness {
    FmSteps *cost; /* by place; FM_STEPS_MAX between searches */
    GArray *touched;
    Item *heap;
    guint32 n_heap, room;
    gint64 *slack; /* by hop of the place: what a way may cost more before its last arc */
    guint32 slack_room;
};

FmWitness *fm_witness_new(guint32 n_nodes)
{
    FmWitness *witness = g_new0(FmWitness, 1);
    witness->cost = g_new(FmSteps, MAX(n_nodes, 1));
    for (guint32 p = 0; p < n_nodes; p++)
        witness->cost[p] = FM_STEPS_MAX;
    witness->touched = g_array_new(FALSE, FALSE, sizeof(guint32));
    return witness;
}

void fm_witness_free(FmWitness *witness)
{
    if (witness == NULL)
        return;
    g_array_unref(witness->touched);
    g_free(witness->cost);
    g_free(witness->heap);
    g_free(witness->slack);
    g_free(witness);
}

/* ---- a small heap ------------------------------------------------------------------------ */

static void push(FmWitness *witness, Item item)
{
    if (witness->n_heap == witness->room) {
        witness->room = MAX(64, 2 * witness->room);
        witness->heap = g_renew(Item, witness->heap, witness->room);
    }
    Item *heap = witness->heap;
    guint32 i = witness->n_heap++;
    for (; i > 0 && item.cost < heap[(i - 1) / 2].cost; i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = item;
}

static Item pop(FmWitness *witness)
{
    Item *heap = witness->heap, top = heap[0], last = heap[--witness->n_heap];
    guint32 n = witness->n_heap, i = 0;
    for (guint32 child = 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && heap[child + 1].cost < heap[child].cost)
            child++;
        if (heap[child].cost >= last.cost)
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

/* ---- the search -------------------------------------------------------------------------- */

static void relax(FmWitness *witness, guint32 place, FmSteps cost)
{
    if (cost >= witness->cost[place])
        return;
    if (witness->cost[place] == FM_STEPS_MAX)
        g_array_append_val(witness->touched, place);
    witness->cost[place] = cost;
    push(witness, (Item){cost, place});
}

/* How far the search from neighbour u still has to look: as far as the x without a witness need;
 * negative, no further. */
static gint64 radius_from(const FmWitness *witness, const FmNeighbours *list, guint32 u)
{
    gint64 slack = G_MININT64;
    FmSteps first = list->hops[u].cost[FM_TRAVEL_TO];
    for (guint32 x = 0; x < list->n; x++) {
        const FmHop *hop = &list->hops[x];
        if (x != u && witness->slack[x] > slack &&
            witness->cost[hop->rank] > first + hop->cost[FM_TRAVEL_FROM])
            slack = witness->slack[x];
    }
    return slack == G_MININT64 ? -1 : slack + (gint64)first;
}

static void search(FmWitness *witness, const FmRemainder *remainder, guint32 around, guint32 u,
                   const guint8 *gone, guint settle_most)
{
    const FmNeighbours *targets = &remainder->neighbours[around];
    gint64 radius = radius_from(witness, targets, u);
    witness->n_heap = 0;
    relax(witness, targets->hops[u].rank, 0);
    for (guint n_settled = 1; witness->n_heap > 0 && n_settled <= settle_most; n_settled++) {
        Item item = pop(witness);
        if ((gint64)item.cost > radius)
            break;
        if (item.cost != witness->cost[item.place])
            continue;
        const FmNeighbours *list = &remainder->neighbours[item.place];
        for (guint32 h = 0; h < list->n; h++) {
            guint32 other = list->hops[h].rank;
            if (other != around && (gone == NULL || !gone[other]))
                relax(witness, other, item.cost + list->hops[h].cost[FM_TRAVEL_FROM]);
        }
        if (n_settled % LOOK_EVERY == 0)
            radius = radius_from(witness, targets, u);
    }
}

static void forget(FmWitness *witness)
{
    for (guint i = 0; i < witness->touched->len; i++)
        witness->cost[g_array_index(witness->touched, guint32, i)] = FM_STEPS_MAX;
    g_array_set_size(witness->touched, 0);
}

/* ---- the shortcuts ----------------------------------------------------------------------- */

/* For every x: cost of v → x less the cheapest other arc into x. */
static void measure_slack(FmWitness *witness, const FmRemainder *remainder, guint32 place)
{
    const FmNeighbours *list = &remainder->neighbours[place];
    if (list->n > witness->slack_room) {
        witness->slack_room = 2 * list->n;
        witness->slack = g_renew(gint64, witness->slack, witness->slack_room);
    }
    for (guint32 x = 0; x < list->n; x++) {
        witness->slack[x] = G_MININT64;
        if (list->hops[x].cost[FM_TRAVEL_FROM] == FM_STEPS_MAX)
            continue;
        const FmNeighbours *others = &remainder->neighbours[list->hops[x].rank];
        FmSteps least = FM_STEPS_MAX;
        for (guint32 h = 0; h < others->n; h++) {
            if (others->hops[h].rank != place)
                least = MIN(least, others->hops[h].cost[FM_TRAVEL_TO]);
        }
        if (least < FM_STEPS_MAX)
            witness->slack[x] = (gint64)list->hops[x].cost[FM_TRAVEL_FROM] - (gint64)least;
    }
}

static guint32 shortcuts_from(const FmWitness *witness, const FmNeighbours *list, guint32 u,
                              GArray *out)
{
    guint32 n = 0;
    for (guint32 x = 0; x < list->n; x++) {
        const FmHop *hop = &list->hops[x];
        FmSteps cost = list->hops[u].cost[FM_TRAVEL_TO] + hop->cost[FM_TRAVEL_FROM];
        if (x == u || cost >= FM_STEPS_MAX || witness->cost[hop->rank] <= cost)
            continue;
        n++;
        if (out) {
            FmShortcut shortcut = {list->hops[u].rank, hop->rank, cost};
            g_array_append_val(out, shortcut);
        }
    }
    return n;
}

guint32 fm_witness_shortcuts(FmWitness *witness, const FmRemainder *remainder, guint32 place,
                             const guint8 *gone, GArray *out)
{
    const FmNeighbours *list = &remainder->neighbours[place];
    guint32 n = 0;
    measure_slack(witness, remainder, place);
    for (guint32 u = 0; u < list->n; u++) {
        if (list->hops[u].cost[FM_TRAVEL_TO] == FM_STEPS_MAX)
            continue;
        search(witness, remainder, place, u, gone, out ? SETTLE_MOST : SETTLE_FEW);
        n += shortcuts_from(witness, list, u, out);
        forget(witness);
    }
    return n;
}
