/* Automatic nested dissection (George and Liu 1978, doi:10.1137/0715069): a few nodes that cut
 * a piece in two come last, and the halves are cut in the same way.
 *
 * Three far corners a, b and c of a piece are found breadth-first.  The distances to them, and
 * the differences of two such distances, are six ways to sweep over the piece; for every
 * position of a sweep the nodes that have a neighbour ahead are a separator, and all their
 * sizes are counted at once.  The best of all sweeps is taken: small, and halves of equal size.
 *
 * Pieces of one depth never touch, so that threads share a depth and write to their own nodes. */
#include "hierarchy-dissect.h"

enum {
    PIECE = 10,     /* nodes that are not cut any more */
    N_CORNERS = 3,  /* … of a piece */
    N_SWEEPS = 6,   /* … over it */
    GRAIN = 1,      /* pieces of a chunk */
    DEPTH_MOST = 96 /* what is left then is not cut: bad separators would cost O(n²) */
};

#define SETTLED G_MAXUINT32 /* the piece of a node in a front */

typedef struct {
    guint32 begin, end; /* in the order */
    guint32 parent;
} Piece;

/* What a piece became. */
typedef struct {
    GArray *pieces;    /* Piece: to be cut in the next round */
    GArray *leaves;    /* FmFront */
    guint32 separator; /* where it begins; its end is that of the piece */
} Cut;

typedef struct {
    const FmGraph *graph;
    guint32 *first, *near; /* neighbours, both directions merged */
    guint32 *order;
    guint32 *spare;          /* as long as `order` */
    guint32 *piece_of;       /* by place: where its piece begins, or SETTLED */
    guint32 *far[N_CORNERS]; /* by place: arcs to the corner */
    guint8 *side;            /* by place */
    const Piece *pieces;
    guint32 depth;
    Cut *cuts;
} Dissection;

enum { LOW, HIGH, BETWEEN }; /* sides */

/* ---- searches ---------------------------------------------------------------------------- */

/* Breadth-first over the piece of `start`.
 * @param[out] queue  the places in the order that they were found  @return how many */
static guint32 flood(Dissection *d, guint32 start, guint32 *far, guint32 *queue)
{
    guint32 n = 1, piece = d->piece_of[start];
    queue[0] = start;
    far[start] = 0;
    for (guint32 i = 0; i < n; i++) {
        guint32 p = queue[i];
        for (guint32 l = d->first[p]; l < d->first[p + 1]; l++) {
            guint32 q = d->near[l];
            if (d->piece_of[q] == piece && far[q] == G_MAXUINT32) {
                far[q] = far[p] + 1;
                queue[n++] = q;
            }
        }
    }
    return n;
}

static void forget(Dissection *d, const Piece *piece, guint32 *far)
{
    for (guint32 i = piece->begin; i < piece->end; i++)
        far[d->order[i]] = G_MAXUINT32;
}

/* Three places far from each other; leaves the distances to them.  The piece is connected. */
static void find_corners(Dissection *d, const Piece *piece)
{
    guint32 n = piece->end - piece->begin, *queue = d->spare + piece->begin;
    guint32 corner = queue[n - 1]; /* the last that was found from anywhere */
    for (int c = 0; c < 2; c++) {
        forget(d, piece, d->far[c]);
        flood(d, corner, d->far[c], queue);
        corner = queue[n - 1];
    }
    guint32 most = 0;
    for (guint32 i = 0; i < n; i++) {
        guint32 least = MIN(d->far[0][queue[i]], d->far[1][queue[i]]);
        if (least > most) {
            most = least;
            corner = queue[i];
        }
    }
    forget(d, piece, d->far[2]);
    flood(d, corner, d->far[2], queue);
}

/* ---- sweeps ------------------------------------------------------------------------------ */

static inline void positions(const Dissection *d, guint32 place, guint32 n, guint32 *at)
{
    guint32 a = d->far[0][place], b = d->far[1][place], c = d->far[2][place];
    at[0] = a;
    at[1] = b;
    at[2] = c;
    at[3] = n + a - b;
    at[4] = n + a - c;
    at[5] = n + b - c;
}

/* Adds for every position how many places are there, and how many begin and cease to be in the
 * separator. */
static void count(const Dissection *d, const Piece *piece, guint32 *here, gint32 *between)
{
    guint32 n = piece->end - piece->begin, room = 2 * n + 1;
    for (guint32 i = piece->begin; i < piece->end; i++) {
        guint32 p = d->order[i], own[N_SWEEPS], most[N_SWEEPS], at[N_SWEEPS];
        positions(d, p, n, own);
        memcpy(most, own, sizeof most);
        for (guint32 l = d->first[p]; l < d->first[p + 1]; l++) {
            if (d->piece_of[d->near[l]] != piece->begin)
                continue;
            positions(d, d->near[l], n, at);
            for (int s = 0; s < N_SWEEPS; s++)
                most[s] = MAX(most[s], at[s]);
        }
        for (guint32 s = 0; s < N_SWEEPS; s++) {
            here[s * room + own[s]]++;
            between[s * room + own[s]]++;
            between[s * room + most[s]]--;
        }
    }
}

/* @param[out] sweep, position  of the best separator  @return FALSE when nothing cuts the piece */
static gboolean choose(const Dissection *d, const Piece *piece, guint32 *sweep, guint32 *position)
{
    guint32 n = piece->end - piece->begin, room = 2 * n + 1;
    g_autofree guint32 *here = g_new0(guint32, (gsize)N_SWEEPS * room);
    g_autofree gint32 *between = g_new0(gint32, (gsize)N_SWEEPS * room);
    count(d, piece, here, between);
    double best = (double)INFINITY;
    for (guint32 s = 0; s < N_SWEEPS; s++) {
        guint32 passed = 0, size = 0;
        for (guint32 k = 0; k < room; k++) {
            passed += here[s * room + k];
            size += (guint32)between[s * room + k];
            guint32 smaller = MIN(passed - size, n - passed);
            double score = (double)size / smaller;
            if (smaller > 0 && score < best) {
                best = score;
                *sweep = s;
                *position = k;
            }
        }
    }
    return isfinite(best);
}

/* ---- cutting ----------------------------------------------------------------------------- */

static gboolean touches(const Dissection *d, guint32 place, guint32 piece, guint8 side)
{
    for (guint32 l = d->first[place]; l < d->first[place + 1]; l++) {
        if (d->piece_of[d->near[l]] == piece && d->side[d->near[l]] == side)
            return TRUE;
    }
    return FALSE;
}

static void take_sides(Dissection *d, const Piece *piece, guint32 sweep, guint32 position)
{
    guint32 n = piece->end - piece->begin, at[N_SWEEPS];
    for (guint32 i = piece->begin; i < piece->end; i++) {
        positions(d, d->order[i], n, at);
        d->side[d->order[i]] = at[sweep] <= position ? LOW : HIGH;
    }
    for (guint32 i = piece->begin; i < piece->end; i++) {
        guint32 p = d->order[i];
        if (d->side[p] == LOW && touches(d, p, piece->begin, HIGH))
            d->side[p] = BETWEEN;
    }
    /* One that touches nothing of the lower side need not be in between. */
    for (guint32 i = piece->begin; i < piece->end; i++) {
        guint32 p = d->order[i];
        if (d->side[p] == BETWEEN && !touches(d, p, piece->begin, LOW))
            d->side[p] = HIGH;
    }
}

/* Puts the places in order: lower side, higher side, separator. */
static void divide(Dissection *d, const Piece *piece, Cut *cut)
{
    guint32 n = piece->end - piece->begin, *sorted = d->spare + piece->begin, next = 0, ends[3];
    for (guint8 side = LOW; side <= BETWEEN; side++) {
        for (guint32 i = piece->begin; i < piece->end; i++) {
            if (d->side[d->order[i]] == side)
                sorted[next++] = d->order[i];
        }
        ends[side] = piece->begin + next;
    }
    memcpy(d->order + piece->begin, sorted, n * sizeof *sorted);
    const Piece halves[] = {{piece->begin, ends[LOW], 0}, {ends[LOW], ends[HIGH], 0}};
    g_array_append_vals(cut->pieces, halves, G_N_ELEMENTS(halves));
    cut->separator = ends[HIGH];
    for (guint32 i = piece->begin; i < piece->end; i++)
        d->piece_of[d->order[i]] = i < ends[LOW]    ? piece->begin
                                   : i < ends[HIGH] ? ends[LOW]
                                                    : SETTLED;
}

static void leave(Dissection *d, const Piece *piece, Cut *cut)
{
    FmFront leaf = {piece->begin, piece->end, piece->parent, d->depth};
    g_array_append_val(cut->leaves, leaf);
    for (guint32 i = piece->begin; i < piece->end; i++)
        d->piece_of[d->order[i]] = SETTLED;
}

/* A piece that hangs together already was flooded as a whole; others fall apart. */
static gboolean fall_apart(Dissection *d, const Piece *piece, Cut *cut)
{
    guint32 n = piece->end - piece->begin, *found = d->spare + piece->begin;
    forget(d, piece, d->far[0]);
    guint32 next = flood(d, d->order[piece->begin], d->far[0], found);
    if (next == n)
        return FALSE;
    guint32 begin = 0;
    for (guint32 i = piece->begin; begin < n; i++) {
        if (next > begin) {
            Piece part = {piece->begin + begin, piece->begin + next, piece->parent};
            g_array_append_val(cut->pieces, part);
            begin = next;
        }
        if (begin < n && d->far[0][d->order[i]] == G_MAXUINT32)
            next += flood(d, d->order[i], d->far[0], found + begin);
    }
    memcpy(d->order + piece->begin, found, n * sizeof *found);
    for (guint c = 0; c < cut->pieces->len; c++) {
        const Piece *part = &g_array_index(cut->pieces, Piece, c);
        for (guint32 i = part->begin; i < part->end; i++)
            d->piece_of[d->order[i]] = part->begin;
    }
    return TRUE;
}

static void cut_one(Dissection *d, const Piece *piece, Cut *cut)
{
    guint32 sweep = 0, position = 0;
    cut->separator = piece->end;
    if (piece->end - piece->begin <= PIECE || d->depth >= DEPTH_MOST) {
        leave(d, piece, cut);
        return;
    }
    if (fall_apart(d, piece, cut))
        return;
    find_corners(d, piece);
    if (!choose(d, piece, &sweep, &position)) {
        leave(d, piece, cut);
        return;
    }
    take_sides(d, piece, sweep, position);
    divide(d, piece, cut);
}

static gboolean cut_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    Dissection *d = user;
    for (gsize i = begin; i < end; i++)
        cut_one(d, &d->pieces[i], &d->cuts[i]);
    return TRUE;
}

/* ---- rounds ------------------------------------------------------------------------------ */

/* Collects the fronts, and the pieces of the next round. */
static GArray *collect(const Dissection *d, guint n_pieces, GArray *fronts)
{
    GArray *next = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (guint i = 0; i < n_pieces; i++) {
        Cut *cut = &d->cuts[i];
        guint32 parent = d->pieces[i].parent;
        if (cut->separator < d->pieces[i].end) {
            FmFront front = {cut->separator, d->pieces[i].end, parent, d->depth};
            parent = fronts->len;
            g_array_append_val(fronts, front);
        }
        g_array_append_vals(fronts, cut->leaves->data, cut->leaves->len);
        for (guint c = 0; c < cut->pieces->len; c++) {
            Piece piece = g_array_index(cut->pieces, Piece, c);
            piece.parent = parent;
            if (piece.begin < piece.end)
                g_array_append_val(next, piece);
        }
        g_array_unref(cut->leaves);
        g_array_unref(cut->pieces);
    }
    return next;
}

static gboolean run(Dissection *d, guint n_threads, GArray *fronts, const FmProgress *progress,
                    GError **error)
{
    const char *stage = "dissecting the network";
    guint32 n = d->graph->n_nodes;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    Piece whole = {0, n, FM_NODE_NONE};
    if (n > 0)
        g_array_append_val(pieces, whole);
    for (d->depth = 0; pieces->len > 0; d->depth++) {
        g_autofree Cut *cuts = g_new0(Cut, pieces->len);
        for (guint i = 0; i < pieces->len; i++)
            cuts[i] = (Cut){g_array_new(FALSE, FALSE, sizeof(Piece)),
                            g_array_new(FALSE, FALSE, sizeof(FmFront)), 0};
        d->cuts = cuts;
        d->pieces = (const Piece *)pieces->data;
        gboolean ok =
            fm_parallel_for(pieces->len, GRAIN, n_threads, cut_chunk, d, NULL, stage, error);
        GArray *next = collect(d, pieces->len, fronts);
        g_array_unref(pieces);
        pieces = next;
        if (!ok || !fm_progress_report(progress, 1 - 1.0 / (d->depth + 2), stage, error))
            return FALSE;
    }
    return fm_progress_report(progress, 1, stage, error);
}

/* ---- the whole --------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const guint32 *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Neighbours along and against arcs, each once. */
static void merge_links(Dissection *d)
{
    const FmLinks *links = d->graph->links;
    guint32 n = d->graph->n_nodes, next = 0;
    d->first = g_new(guint32, (gsize)n + 1);
    d->near = g_new(guint32, (gsize)links[0].first[n] + links[1].first[n] + 1);
    for (guint32 p = 0; p < n; p++) {
        guint32 begin = d->first[p] = next;
        for (int t = 0; t < 2; t++) {
            for (guint32 l = links[t].first[p]; l < links[t].first[p + 1]; l++)
                d->near[next++] = links[t].links[l].place;
        }
        qsort(d->near + begin, next - begin, sizeof *d->near, by_number);
        guint32 kept = begin;
        for (guint32 l = begin; l < next; l++) {
            if (l == begin || d->near[l] != d->near[l - 1])
                d->near[kept++] = d->near[l];
        }
        next = kept;
    }
    d->first[n] = next;
}

void fm_dissection_clear(FmDissection *dissection)
{
    g_clear_pointer(&dissection->order, g_free);
    g_clear_pointer(&dissection->fronts, g_array_unref);
}

gboolean fm_dissect(const FmGraph *graph, guint n_threads, FmDissection *out,
                    const FmProgress *progress, GError **error)
{
    gsize n = MAX(graph->n_nodes, 1);
    g_autofree guint32 *spare = g_new(guint32, n), *piece_of = g_new0(guint32, n);
    g_autofree guint32 *far = g_new(guint32, n * N_CORNERS);
    g_autofree guint8 *side = g_new0(guint8, n);
    *out = (FmDissection){g_new(guint32, n), g_array_new(FALSE, FALSE, sizeof(FmFront))};
    for (guint32 p = 0; p < graph->n_nodes; p++)
        out->order[p] = p;
    Dissection d = {.graph = graph,
                    .order = out->order,
                    .spare = spare,
                    .piece_of = piece_of,
                    .far = {far, far + n, far + 2 * n},
                    .side = side};
    merge_links(&d);
    gboolean ok = run(&d, n_threads, out->fronts, progress, error);
    g_free(d.first);
    g_free(d.near);
    return ok;
}
