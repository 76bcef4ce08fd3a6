/* The level line through one tile. */
#include "contour-trace.h"
#include "fm-unit.h"

#include <facmap/geo.h>
#include <math.h>

typedef struct {
    FmContourGrid grid;
    FmContourMargin margin;
    FmTrace *trace;
    GArray *points, *pieces;
} Tile;

/* A tile on the equator. */
static void tile_init(Tile *tile)
{
    tile->grid = fm_contour_grid(100, 0);
    tile->margin = fm_contour_margin(&tile->grid, 0);
    tile->trace = fm_trace_new();
    tile->points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    tile->pieces = g_array_new(FALSE, FALSE, sizeof(FmTracePiece));
    guint32 west = (guint32)(-FM_CONTOUR_WEST_DEG / tile->grid.step_lon_deg);
    guint32 south = (guint32)(-FM_CONTOUR_SOUTH_DEG / tile->grid.step_lat_deg);
    fm_field_init(&tile->trace->field, &tile->grid, &tile->margin, west, south);
}

static void tile_clear(Tile *tile)
{
    fm_trace_free(tile->trace);
    g_array_unref(tile->points);
    g_array_unref(tile->pieces);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tile, tile_clear)

static const FmTracePiece *piece_at(const Tile *tile, guint i)
{
    return &g_array_index(tile->pieces, FmTracePiece, i);
}

/* A position by its place between the nodes of the tile. */
static FmLonLat node(const Tile *tile, double column, double row)
{
    const FmField *field = &tile->trace->field;
    return (FmLonLat){field->lon_deg[0] + column * tile->grid.step_lon_deg,
                      field->lat_deg[0] + row * tile->grid.step_lat_deg};
}

static void trace_around(Tile *tile, FmLonLat middle)
{
    const FmStroke stroke = {middle, middle};
    fm_field_add(&tile->trace->field, &stroke);
    fm_field_look(&tile->trace->field);
    fm_trace_line(tile->trace, tile->points, tile->pieces);
    for (guint i = 0; i < tile->points->len; i++) {
        FmLonLat at = g_array_index(tile->points, FmLonLat, i);
        g_assert_cmpfloat_with_epsilon(fm_geodesic_distance_m(at, middle), 100, 3);
    }
}

/* A circle is one ring, counter-clockwise; traced again, the same once more. */
static void test_ring(void)
{
    g_auto(Tile) tile = {.trace = NULL};
    tile_init(&tile);
    trace_around(&tile, node(&tile, 30.3, 30.6));
    g_assert_cmpuint(tile.pieces->len, ==, 1);
    const FmTracePiece *ring = piece_at(&tile, 0);
    g_assert_true(ring->from == ring->to);
    g_assert_cmpuint(ring->n, ==, tile.points->len);
    g_assert_cmpuint(ring->n, >, 12);
    double twice_area = 0;
    for (guint i = 0; i < ring->n; i++) {
        FmLonLat a = g_array_index(tile.points, FmLonLat, i);
        FmLonLat b = g_array_index(tile.points, FmLonLat, (i + 1) % ring->n);
        twice_area += a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg;
    }
    g_assert_cmpfloat(twice_area, >, 0);
    fm_trace_line(tile.trace, tile.points, tile.pieces);
    g_assert_cmpuint(tile.pieces->len, ==, 2);
    g_assert_cmpuint(piece_at(&tile, 1)->n, ==, piece_at(&tile, 0)->n);
    g_assert_cmpuint(piece_at(&tile, 1)->first, ==, piece_at(&tile, 0)->n);
}

/* On the western border it is a piece that leaves the tile. */
static void test_border(void)
{
    g_auto(Tile) tile = {.trace = NULL};
    tile_init(&tile);
    trace_around(&tile, node(&tile, 0.5, 30.6));
    g_assert_cmpuint(tile.pieces->len, ==, 1);
    const FmTracePiece *piece = piece_at(&tile, 0);
    g_assert_true(piece->from != piece->to);
    /* It enters and leaves by edges between nodes of the first column: they begin there and lead
     * north. */
    for (guint i = 0; i < 2; i++) {
        guint64 edge = i == 0 ? piece->from : piece->to;
        g_assert_true((edge & 1) == 1);
        g_assert_cmpuint(edge >> 1 & G_MAXINT32, ==, tile.trace->field.west);
    }
}

/* Opposite corners of a cell stay apart; neighbours are together. */
static void test_saddle(void)
{
    for (guint apart = 0; apart < 2; apart++) {
        g_auto(Tile) tile = {.trace = NULL};
        tile_init(&tile);
        FmField *field = &tile.trace->field;
        field->distance2[10][10] = 0;
        field->distance2[10 + apart][11] = 0;
        fm_field_look(field);
        fm_trace_line(tile.trace, tile.points, tile.pieces);
        g_assert_cmpuint(tile.pieces->len, ==, 1 + apart);
        for (guint i = 0; i < tile.pieces->len; i++) {
            g_assert_true(piece_at(&tile, i)->from == piece_at(&tile, i)->to);
            g_assert_cmpuint(piece_at(&tile, i)->n, ==, apart ? 4 : 6);
        }
    }
}

void test_contour_trace(void)
{
    g_test_add_func("/network/contour-trace/ring", test_ring);
    g_test_add_func("/network/contour-trace/border", test_border);
    g_test_add_func("/network/contour-trace/saddle", test_saddle);
}
