/* What if there were another road?  The lines of a layer become roads like the others.  They meet
 * at shared vertices, as everywhere; besides, an end that lies within 1 m of a road joins it there,
 * because what is drawn by hand seldom hits a vertex.  Crossing a road joins nothing: a bridge. */
#include "network-internal.h"

#include <math.h>
#include <stdlib.h>

#define JOIN_M 1.0

/* A vertex that goes into a line of the layer, where an opened road ends. */
typedef struct {
    guint32 line, after; /* the point of FmLines that it follows */
    double from_m;       /* distance from that point */
    guint32 vertex;
    FmLonLat position;
} Insertion;

typedef struct {
    FmLines *lines;
    guint32 n_lines, n_vertices; /* of the network itself; what follows is opened */
    GArray *insertions;
    FmExtent *boxes; /* by line of the network: every end asks all of them */
    guint32 *same;   /* by opened vertex: the vertex that it is, when it is one of the network */
} Opening;

static FmLine *line_at(const Opening *opening, guint32 line)
{
    return &g_array_index(opening->lines->lines, FmLine, line);
}

/* ---- where an end touches ---------------------------------------------------------------- */

typedef struct {
    guint32 line, after;
    double distance_m;
    FmLonLat position;
} Touch;

static void look_at_line(const Opening *opening, guint32 i, FmLonLat at, const FmExtent *box,
                         Touch *touch)
{
    const FmLine *line = line_at(opening, i);
    const FmLonLat *points = &g_array_index(opening->lines->points, FmLonLat, line->first);

    for (guint32 p = 1; p < line->n; p++) {
        FmLonLat a = points[p - 1], b = points[p], nearest;
        if (MAX(a.lon_deg, b.lon_deg) < box->west_deg ||
            MIN(a.lon_deg, b.lon_deg) > box->east_deg ||
            MAX(a.lat_deg, b.lat_deg) < box->south_deg ||
            MIN(a.lat_deg, b.lat_deg) > box->north_deg) {
            continue;
        }
        double distance_m = fm_geodesic_point_segment_m(at, a, b, &nearest);
        if (distance_m < touch->distance_m) {
            *touch = (Touch){i, line->first + p - 1, distance_m, nearest};
        }
    }
}

/* The nearest position on a road of the network; distance_m > JOIN_M where there is none. */
static Touch find_touch(const Opening *opening, FmLonLat at)
{
    FmExtent box =
        fm_extent_widened((FmExtent){at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg}, JOIN_M);
    Touch touch = {.distance_m = nextafter(JOIN_M, INFINITY)};

    for (guint32 i = 0; i < opening->n_lines; i++) {
        if (fm_extents_meet(&box, &opening->boxes[i])) {
            look_at_line(opening, i, at, &box, &touch);
        }
    }
    return touch;
}

/* Joins an opened vertex to the vertex of the network at a point that is there already. */
static void join_vertex(Opening *opening, guint32 opened, guint32 point)
{
    guint32 *vertex = &g_array_index(opening->lines->vertex, guint32, point);

    if (*vertex == FM_NODE_NONE) {
        *vertex = opened;
    } else {
        opening->same[opened - opening->n_vertices] = *vertex;
    }
}

/* @return FALSE when the end touches nothing */
static gboolean join_end(Opening *opening, guint32 point)
{
    FmLonLat at = g_array_index(opening->lines->points, FmLonLat, point);
    guint32 vertex = g_array_index(opening->lines->vertex, guint32, point);

    if (vertex < opening->n_vertices) {
        return TRUE;
    }
    Touch touch = find_touch(opening, at);
    if (touch.distance_m > JOIN_M) {
        return FALSE;
    }
    const FmLonLat *points = &g_array_index(opening->lines->points, FmLonLat, touch.after);
    guint64 key = fm_vertex_key(touch.position);
    if (key == fm_vertex_key(points[0]) || key == fm_vertex_key(points[1])) {
        join_vertex(opening, vertex, touch.after + (key != fm_vertex_key(points[0])));
        return TRUE;
    }
    Insertion insertion = {touch.line, touch.after,
                           fm_geodesic_distance_m(points[0], touch.position), vertex,
                           touch.position};
    g_array_append_val(opening->insertions, insertion);
    return TRUE;
}

/* ---- putting the new vertices in ----------------------------------------------------------- */

static int compare_insertions(const void *a, const void *b)
{
    const Insertion *x = a, *y = b;

    if (x->after != y->after) {
        return x->after < y->after ? -1 : 1;
    }
    return (x->from_m > y->from_m) - (x->from_m < y->from_m);
}

/* Points and vertices anew, line after line.  Opened vertices that turned out to be one of the
 * network's become that one. */
static void rebuild(Opening *opening)
{
    FmLines *lines = opening->lines;
    GArray *points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    GArray *vertices = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint next = 0;

    g_array_sort(opening->insertions, compare_insertions);
    for (guint i = 0; i < lines->lines->len; i++) {
        FmLine *line = line_at(opening, i);
        guint32 first = points->len;
        for (guint32 p = line->first; p < line->first + line->n; p++) {
            guint32 vertex = g_array_index(lines->vertex, guint32, p);
            if (vertex != FM_NODE_NONE && vertex >= opening->n_vertices) {
                vertex = opening->same[vertex - opening->n_vertices];
            }
            g_array_append_val(points, g_array_index(lines->points, FmLonLat, p));
            g_array_append_val(vertices, vertex);
            for (; next < opening->insertions->len; next++) {
                const Insertion *new = &g_array_index(opening->insertions, Insertion, next);
                if (new->after != p) {
                    break;
                }
                g_array_append_val(points, new->position);
                g_array_append_val(vertices, new->vertex);
            }
        }
        line->first = first;
        line->n = points->len - first;
    }
    g_array_unref(lines->points);
    g_array_unref(lines->vertex);
    lines->points = points;
    lines->vertex = vertices;
}

static gboolean touches_at_vertex(const Opening *opening, const FmLine *line)
{
    for (guint32 p = line->first; p < line->first + line->n; p++) {
        if (g_array_index(opening->lines->vertex, guint32, p) < opening->n_vertices) {
            return TRUE;
        }
    }
    return FALSE;
}

static void join_all(Opening *opening, const char *name, GPtrArray *warnings)
{
    FmLines *lines = opening->lines;

    for (guint i = opening->n_lines; i < lines->lines->len; i++) {
        const FmLine *line = line_at(opening, i);
        gboolean first = join_end(opening, line->first);
        gboolean last = join_end(opening, line->first + line->n - 1);
        if (!first && !last && !touches_at_vertex(opening, line)) {
            g_ptr_array_add(
                warnings,
                g_strdup_printf(
                    "layer '%s', id '%s' opens a road that joins no other: "
                    "its ends must be within %g m of one",
                    name, (const char *)g_ptr_array_index(lines->features, line->feature), JOIN_M));
        }
    }
}

gboolean fm_roads_open(FmLines *lines, FmWorkspace *workspace, const char *name,
                       const FmProfile *profile, GPtrArray *warnings, GError **error)
{
    g_autoptr(FmTable) table = fm_workspace_read(workspace, name, NULL, NULL, error);
    Opening opening = {
        .lines = lines, .n_lines = lines->lines->len, .n_vertices = lines->n_vertices};

    if (table == NULL || !fm_lines_add(lines, name, table, profile, FALSE, NULL, error)) {
        return FALSE;
    }
    if (lines->lines->len == opening.n_lines) {
        g_ptr_array_add(warnings,
                        g_strdup_printf("layer '%s' opens no road that profile '%s' may use", name,
                                        profile->name));
        return TRUE;
    }
    guint32 n = lines->n_vertices - opening.n_vertices;
    g_autofree guint32 *same = g_new(guint32, MAX(n, 1u));
    for (guint32 i = 0; i < n; i++) {
        same[i] = opening.n_vertices + i;
    }
    opening.same = same;
    g_autofree FmExtent *boxes = g_new(FmExtent, MAX(opening.n_lines, 1u));
    for (guint32 i = 0; i < opening.n_lines; i++) {
        const FmLine *line = line_at(&opening, i);
        boxes[i] =
            fm_extent_of_points(&g_array_index(lines->points, FmLonLat, line->first), line->n);
    }
    opening.boxes = boxes;
    opening.insertions = g_array_new(FALSE, FALSE, sizeof(Insertion));
    join_all(&opening, name, warnings);
    rebuild(&opening);
    g_array_unref(opening.insertions);
    return TRUE;
}
