/* Numbers for names.  They are labels themselves, placed by the same engine among what stands; one
 * that finds no room all the same is set over what is there, for it is the only way to its name. */
#include "numbered.h"

#include "display-list.h"

#include <string.h>

#define SIZE_PT 6.0
#define HALO_PX 1.2
#define GAP_PX 1.5
#define LEADER_EM 4.0
#define COLUMN_MIN_EM 18.0
/* A turned name is not its upright box: its corners may be covered. */
#define TURNED_WEIGHT 0.9

typedef struct {
    FmUnplaced name;
    char digits[12];
    FmTextSection section; /* of the digits */
} Item;

struct FmNumbered {
    GArray *items;    /* Item, in the order of their numbers */
    GArray *requests; /* FmLabelRequest, one an item */
    GPtrArray *first; /* FmLabelPlaced: among what stands */
    GPtrArray *rest;  /* of those that found no room there */
};

void fm__numbered_free(FmNumbered *numbered)
{
    if (!numbered)
        return;
    for (guint i = 0; i < numbered->items->len; i++)
        g_free(g_array_index(numbered->items, Item, i).name.text);
    g_array_unref(numbered->items);
    g_clear_pointer(&numbered->first, g_ptr_array_unref);
    g_clear_pointer(&numbered->rest, g_ptr_array_unref);
    g_array_unref(numbered->requests);
    g_free(numbered);
}

guint fm__numbered_n(const FmNumbered *numbered)
{
    return numbered ? numbered->items->len : 0;
}

static FmPagePoint place_of(const Item *item)
{
    const FmLabelRequest *request = item->name.request;
    return request->n_path > 0 ? request->path[request->n_path / 2] : request->anchor;
}

/* From the top down, then from the left. */
static gint compare_items(gconstpointer a, gconstpointer b)
{
    const FmPagePoint p = place_of(a), q = place_of(b);
    if (p.y_px != q.y_px)
        return p.y_px < q.y_px ? -1 : 1;
    if (p.x_px != q.x_px)
        return p.x_px < q.x_px ? -1 : 1;
    return strcmp(((const Item *)a)->name.text, ((const Item *)b)->name.text);
}

/* ---- places ----------------------------------------------------------------------------- */

static const char *const fonts[] = {"Noto Sans Bold", NULL};

/* A number where the name was to be, which for an area is anywhere inside and for a line
 * anywhere on it; beside a symbol also farther off, with a line. */
static FmLabelRequest request_of(const Item *item, guint row)
{
    static const FmAnchor beside[] = {
        FM_ANCHOR_BOTTOM_LEFT, FM_ANCHOR_LEFT,         FM_ANCHOR_TOP_LEFT, FM_ANCHOR_BOTTOM,
        FM_ANCHOR_TOP,         FM_ANCHOR_BOTTOM_RIGHT, FM_ANCHOR_RIGHT,    FM_ANCHOR_TOP_RIGHT};
    const FmLabelRequest *name = item->name.request;
    FmLabelRequest request = {
        .layer_id = item->name.request->layer_id,
        .row = row,
        .kind = name->n_path > 0 ? FM_LABEL_LINE_CENTER : FM_LABEL_POINT,
        .anchor = name->anchor,
        .path = name->path,
        .n_path = name->n_path,
        .max_angle_deg = 180,
        .keep_upright = TRUE,
        .area = name->area,
        .covers = name->covers,
        .n_covers = name->n_covers,
        .sections = &item->section,
        .n_sections = 1,
        .style = {.fonts = fonts,
                  .size_px = SIZE_PT * FM_PX_PER_PT,
                  .color = FM_INK,
                  .halo_color = {1, 1, 1, 0.85},
                  .halo_width_px = HALO_PX},
        .radial_offset_px = item->name.radius_px + GAP_PX,
        .leader_px = item->name.radius_px > 0 ? LEADER_EM * SIZE_PT * FM_PX_PER_PT : 0,
        .padding_px = 0.5,
        .text_optional = TRUE,
    };
    if (item->name.radius_px == 0)
        request.anchors[request.n_anchors++] = FM_ANCHOR_CENTER;
    for (gsize i = 0; i < G_N_ELEMENTS(beside); i++)
        request.anchors[request.n_anchors++] = beside[i];
    return request;
}

static void add_obstacle(FmPageRect rect, double weight, gpointer user)
{
    GArray *corners = user;
    const FmPagePoint of_one[] = {{rect.x_px, rect.y_px},
                                  {fm__rect_right_px(&rect), rect.y_px},
                                  {fm__rect_right_px(&rect), fm__rect_bottom_px(&rect)},
                                  {rect.x_px, fm__rect_bottom_px(&rect)},
                                  {weight, 0}};
    g_array_append_vals(corners, of_one, G_N_ELEMENTS(of_one));
}

/* The boxes of all that stands: four corners and the weight, five points each. */
static GArray *obstacles_of(const GArray *corners)
{
    GArray *obstacles = g_array_new(FALSE, TRUE, sizeof(FmLabelObstacle));
    for (guint i = 0; i + 4 < corners->len; i += 5) {
        const FmPagePoint *points = &g_array_index(corners, FmPagePoint, i);
        const FmLabelObstacle obstacle = {points, 4, TRUE, 0, points[4].x_px};
        g_array_append_val(obstacles, obstacle);
    }
    return obstacles;
}

static GPtrArray *place(FmTextContext *text, const GArray *requests, const GArray *obstacles,
                        FmPageRect frame)
{
    return fm__labels_place(text, (const FmLabelRequest *)(const void *)requests->data,
                            requests->len, (const FmLabelObstacle *)(const void *)obstacles->data,
                            obstacles->len, frame);
}

/* Those that found no room once more, over whatever is there. */
static GPtrArray *place_rest(const FmNumbered *numbered, FmTextContext *text, FmPageRect frame)
{
    g_autoptr(GArray) rest = g_array_copy(numbered->requests);
    for (guint i = 0; i < numbered->first->len; i++) {
        const FmLabelPlaced *placed = numbered->first->pdata[i];
        FmLabelRequest *request = &g_array_index(rest, FmLabelRequest, placed->request);
        request->text_allow_overlap = TRUE;
        request->n_sections = placed->text ? 0 : 1;
    }
    g_autoptr(GArray) nothing = g_array_new(FALSE, TRUE, sizeof(FmLabelObstacle));
    return place(text, rest, nothing, frame);
}

FmNumbered *fm__numbered_new(const FmSymbols *symbols, const GPtrArray *insets, FmTextContext *text,
                             FmPageRect frame)
{
    FmNumbered *numbered = g_new0(FmNumbered, 1);
    numbered->items = g_array_new(FALSE, TRUE, sizeof(Item));
    numbered->requests = g_array_new(FALSE, TRUE, sizeof(FmLabelRequest));
    g_autoptr(GArray) names = fm__symbols_unplaced(symbols, insets);
    for (guint i = 0; i < names->len; i++) {
        const Item item = {.name = g_array_index(names, FmUnplaced, i)};
        g_array_append_val(numbered->items, item);
    }
    g_array_sort(numbered->items, compare_items);
    for (guint i = 0; i < numbered->items->len; i++) {
        Item *item = &g_array_index(numbered->items, Item, i);
        g_snprintf(item->digits, sizeof item->digits, "%u", i + 1);
        item->section = (FmTextSection){.text = item->digits, .font_scale = 1};
        const FmLabelRequest request = request_of(item, i);
        g_array_append_val(numbered->requests, request);
    }
    g_autoptr(GArray) corners = g_array_new(FALSE, FALSE, sizeof(FmPagePoint));
    fm__symbols_foreach_box(symbols, TURNED_WEIGHT, add_obstacle, corners);
    g_autoptr(GArray) obstacles = obstacles_of(corners);
    numbered->first = place(text, numbered->requests, obstacles, frame);
    numbered->rest = place_rest(numbered, text, frame);
    return numbered;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void draw_placed(const FmNumbered *numbered, const GPtrArray *labels, cairo_t *cr,
                        GString *display_list)
{
    for (guint i = 0; i < labels->len; i++) {
        const FmLabelPlaced *placed = labels->pdata[i];
        const Item *item = &g_array_index(numbered->items, Item, placed->request);
        if (!placed->text)
            continue;
        fm__label_draw(cr, placed);
        fm__display_list_add(display_list, "number", placed->box, "%s %s %s", item->digits,
                             item->name.request->layer_id, item->name.text);
    }
}

void fm__numbered_draw(const FmNumbered *numbered, cairo_t *cr, GString *display_list)
{
    if (!numbered)
        return;
    draw_placed(numbered, numbered->first, cr, display_list);
    draw_placed(numbered, numbered->rest, cr, display_list);
}

double fm__numbered_list_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    guint n = fm__numbered_n(f->numbered);
    if (n == 0)
        return 0;
    const FmTextLook head = {8, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook look = {6.5, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    char en[] = "Numbered on the map", zh[] = "图上编号";
    const FmPageText title = {.en = en, .zh = zh};
    double gap = f->sheet->gap_px / 4;
    double y = y_px + fm__furniture_draw_words(f, &title, &head, NULL, x_px, y_px, width_px) + gap;
    guint n_columns =
        (guint)CLAMP(width_px / (COLUMN_MIN_EM * fm__furniture_size_px(f, look.size_pt)), 1, n);
    guint n_rows = (n + n_columns - 1) / n_columns;
    double column_px = width_px / n_columns, lowest = y;
    for (guint i = 0; i < n; i += n_rows) {
        double at = y;
        for (guint k = i; k < MIN(i + n_rows, n); k++) {
            const Item *item = &g_array_index(f->numbered->items, Item, k);
            g_autofree char *line = g_strdup_printf("%s  %s", item->digits, item->name.text);
            at += fm__furniture_draw_text(f, line, &look, x_px + (i / n_rows) * column_px, at,
                                          column_px - 2 * gap);
        }
        lowest = MAX(lowest, at);
    }
    return lowest - y_px;
}
