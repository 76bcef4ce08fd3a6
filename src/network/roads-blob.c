/* Roads as bytes, for keeping: a head, arrays as they are in memory, a checksum.  Little-endian
 * with doubles as IEEE 754; a machine of another kind does not recognise the head, and builds
 * anew.  Nothing that is read is trusted: sizes, then the checksum, then every index. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* Changes whenever what is kept, or what is made of a layer, changes. */
#define MAGIC "fmroad03"
#define BYTE_ORDER_MARK G_GUINT64_CONSTANT(0x0102030405060708)

typedef struct {
    char magic[8];
    guint64 byte_order;
    guint64 checksum; /* of all that follows the head */
    guint64 n_nodes, n_edges, n_points, n_found, n_features;
    guint64 n_text; /* bytes of the features' ids, each with its '\0', filled up to 8 */
    gint64 counts[4];
} Head;

G_STATIC_ASSERT(sizeof(Head) % 8 == 0 && sizeof(FmRoadEdge) % 8 == 0 && sizeof(FmFound) % 8 == 0);

/* No cache takes more (SQLite's blobs end at 1 GB), and GLib's arrays of bytes end the process
 * where their 32 bits do. */
#define MOST_BYTES ((guint64)G_MAXINT32)

/* FNV-1a (Fowler, Noll, Vo) by words of 64 bits with a rotation, so that a changed bit reaches low
 * bits too.  It finds damage; against forgery there are the checks. */
static guint64 checksum_of(const guint8 *bytes, gsize n)
{
    guint64 sum = G_GUINT64_CONSTANT(0xcbf29ce484222325);

    for (gsize at = 0; at + 8 <= n; at += 8) {
        guint64 word;
        memcpy(&word, bytes + at, sizeof word);
        sum = (sum ^ word) * G_GUINT64_CONSTANT(0x100000001b3);
        sum = sum << 29 | sum >> 35;
    }
    return sum;
}

/* Bytes behind the head: no count is so large that they overflow. */
static guint64 content_size(const Head *head)
{
    return head->n_edges * sizeof(FmRoadEdge) +
           head->n_points * (sizeof(FmLonLat) + sizeof(double)) + head->n_nodes * sizeof(double) +
           head->n_found * sizeof(FmFound) + head->n_text;
}

/* ---- writing ------------------------------------------------------------------------------ */

static void append_array(GByteArray *out, const GArray *array)
{
    if (array->len > 0) {
        g_byte_array_append(out, (const guint8 *)array->data,
                            array->len * g_array_get_element_size((GArray *)(guintptr)array));
    }
}

static GByteArray *ids_as_text(const GPtrArray *features)
{
    GByteArray *text = g_byte_array_new();

    for (guint i = 0; i < features->len; i++) {
        const char *id = g_ptr_array_index(features, i);
        g_byte_array_append(text, (const guint8 *)id, (guint)strlen(id) + 1);
    }
    while (text->len % 8 != 0) {
        g_byte_array_append(text, (const guint8 *)"", 1);
    }
    return text;
}

GBytes *fm_roads_to_bytes(const FmRoads *roads)
{
    g_autoptr(GByteArray) text = ids_as_text(roads->features);
    Head head = {.byte_order = BYTE_ORDER_MARK,
                 .n_nodes = roads->n_nodes,
                 .n_edges = roads->edges->len,
                 .n_points = roads->points->len,
                 .n_found = roads->found->len,
                 .n_features = roads->features->len,
                 .n_text = text->len,
                 .counts = {roads->n_features, roads->n_impassable, roads->n_unlocated,
                            roads->n_degenerate}};

    if (content_size(&head) > MOST_BYTES) {
        return NULL;
    }
    GByteArray *out = g_byte_array_new();
    memcpy(head.magic, MAGIC, sizeof head.magic);
    g_byte_array_append(out, (const guint8 *)&head, sizeof head);
    append_array(out, roads->edges);
    append_array(out, roads->points);
    append_array(out, roads->segment_m);
    append_array(out, roads->crossing_s);
    append_array(out, roads->found);
    g_byte_array_append(out, text->data, text->len);
    head.checksum = checksum_of(out->data + sizeof head, out->len - sizeof head);
    memcpy(out->data, &head, sizeof head);
    return g_byte_array_free_to_bytes(out);
}

/* ---- reading ------------------------------------------------------------------------------ */

static gboolean head_is_sound(const Head *head, gsize size)
{
    const guint64 most = G_MAXUINT32 / 2;

    if (memcmp(head->magic, MAGIC, sizeof head->magic) != 0 ||
        head->byte_order != BYTE_ORDER_MARK || head->n_nodes > most || head->n_edges > most ||
        head->n_points > most || head->n_found > most || head->n_features > most ||
        head->n_text > most || head->n_text % 8 != 0) {
        return FALSE;
    }
    return content_size(head) == size - sizeof *head;
}

static gboolean edge_is_sound(const FmRoads *roads, const FmRoadEdge *edge)
{
    gboolean speeds = edge->mps[0] >= 0 && edge->mps[1] >= 0 && isfinite(edge->mps[0]) &&
                      isfinite(edge->mps[1]) && edge->mps[0] + edge->mps[1] > 0;

    return edge->node[0] < roads->n_nodes && edge->node[1] < roads->n_nodes && edge->n >= 2 &&
           edge->first <= roads->points->len && edge->n <= roads->points->len - edge->first &&
           edge->feature < roads->features->len && speeds && edge->length_m > 0 &&
           isfinite(edge->length_m);
}

static gboolean roads_are_sound(const FmRoads *roads)
{
    for (guint i = 0; i < roads->edges->len; i++) {
        if (!edge_is_sound(roads, &g_array_index(roads->edges, FmRoadEdge, i))) {
            return FALSE;
        }
    }
    for (guint i = 0; i < roads->points->len; i++) {
        FmLonLat at = g_array_index(roads->points, FmLonLat, i);
        double segment_m = g_array_index(roads->segment_m, double, i);
        if (!(fabs(at.lat_deg) <= 90) || !isfinite(at.lon_deg) || !(segment_m >= 0) ||
            !isfinite(segment_m)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < roads->crossing_s->len; i++) {
        double crossing_s = g_array_index(roads->crossing_s, double, i);
        if (!(crossing_s >= 0 && crossing_s < FM_COST_MAX)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < roads->found->len; i++) {
        const FmFound *found = &g_array_index(roads->found, FmFound, i);
        if (found->kind >= FM_FOUND_N_KINDS || found->feature >= roads->features->len) {
            return FALSE;
        }
    }
    return TRUE;
}

static const guint8 *take_array(GArray *array, const guint8 *from, guint64 n)
{
    g_array_append_vals(array, from, (guint)n);
    return from + n * g_array_get_element_size(array);
}

static gboolean take_ids(GPtrArray *features, const char *text, gsize size, guint64 n)
{
    for (; n > 0; n--) {
        gsize length = strnlen(text, size);
        if (length == size || !g_utf8_validate_len(text, length, NULL)) {
            return FALSE;
        }
        g_ptr_array_add(features, g_strndup(text, length));
        text += length + 1;
        size -= length + 1;
    }
    return TRUE;
}

FmRoads *fm_roads_from_bytes(GBytes *bytes, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autoptr(FmRoads) roads = fm_roads_alloc();
    gboolean sound = size >= sizeof(Head);
    Head head;

    if (sound) {
        memcpy(&head, data, sizeof head);
        data += sizeof head;
        sound =
            head_is_sound(&head, size) && checksum_of(data, size - sizeof head) == head.checksum;
    }
    if (sound) {
        roads->n_nodes = (guint32)head.n_nodes;
        roads->n_features = head.counts[0];
        roads->n_impassable = head.counts[1];
        roads->n_unlocated = head.counts[2];
        roads->n_degenerate = head.counts[3];
        data = take_array(roads->edges, data, head.n_edges);
        data = take_array(roads->points, data, head.n_points);
        data = take_array(roads->segment_m, data, head.n_points);
        data = take_array(roads->crossing_s, data, head.n_nodes);
        data = take_array(roads->found, data, head.n_found);
        sound = take_ids(roads->features, (const char *)data, head.n_text, head.n_features) &&
                roads_are_sound(roads);
    }
    if (!sound) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_PARSE, "the kept network is damaged");
        return NULL;
    }
    return g_steal_pointer(&roads);
}
