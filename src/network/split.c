/* Lines cut where they meet: a vertex at which a line ends, that two lines share or that one line
 * passes twice is a node, and what lies between two nodes of a line is a piece. */
#include "network-internal.h"

/* How often each vertex is met; ends count twice, so that one is enough. */
static guint8 *count_visits(const FmLines *lines)
{
    guint8 *visits = g_new0(guint8, MAX(lines->n_vertices, 1u));

    for (guint i = 0; i < lines->lines->len; i++) {
        const FmLine *line = &g_array_index(lines->lines, FmLine, i);
        const guint32 *vertex = &g_array_index(lines->vertex, guint32, line->first);
        for (guint32 p = 0; p < line->n; p++) {
            gboolean end = p == 0 || p == line->n - 1;
            if (vertex[p] != FM_NODE_NONE && visits[vertex[p]] < 2) {
                visits[vertex[p]] = end ? 2 : (guint8)(visits[vertex[p]] + 1);
            }
        }
    }
    return visits;
}

static void cut_line(FmPieces *pieces, const FmLines *lines, guint32 at, const guint32 *node)
{
    const FmLine *line = &g_array_index(lines->lines, FmLine, at);
    const guint32 *vertex = &g_array_index(lines->vertex, guint32, line->first);
    const FmLonLat *points = &g_array_index(lines->points, FmLonLat, line->first);
    FmPiece piece = {.line = at, .first = line->first};

    double *segment_m = &g_array_index(pieces->segment_m, double, line->first);

    piece.node[0] = node[vertex[0]];
    for (guint32 p = 1; p < line->n; p++) {
        segment_m[p - 1] = fm_geodesic_distance_m(points[p - 1], points[p]) * line->stretch;
        piece.length_m += segment_m[p - 1];
        if (vertex[p] == FM_NODE_NONE || node[vertex[p]] == FM_NODE_NONE) {
            continue;
        }
        piece.node[1] = node[vertex[p]];
        piece.n = line->first + p - piece.first + 1;
        g_array_append_val(pieces->pieces, piece);
        piece.node[0] = piece.node[1];
        piece.first = line->first + p;
        piece.length_m = 0;
    }
}

FmPieces *fm_pieces_new(const FmLines *lines)
{
    g_autofree guint8 *visits = count_visits(lines);
    g_autofree guint32 *node = g_new(guint32, MAX(lines->n_vertices, 1u));
    FmPieces *pieces = g_new0(FmPieces, 1);

    for (guint32 v = 0; v < lines->n_vertices; v++) {
        node[v] = visits[v] >= 2 ? pieces->n_nodes++ : FM_NODE_NONE;
    }
    pieces->pieces = g_array_new(FALSE, FALSE, sizeof(FmPiece));
    pieces->segment_m = g_array_new(FALSE, TRUE, sizeof(double));
    g_array_set_size(pieces->segment_m, lines->points->len);
    for (guint32 i = 0; i < lines->lines->len; i++) {
        cut_line(pieces, lines, i, node);
    }
    return pieces;
}

void fm_pieces_free(FmPieces *pieces)
{
    if (pieces == NULL) {
        return;
    }
    g_array_unref(pieces->pieces);
    g_array_unref(pieces->segment_m);
    g_free(pieces);
}
