/* Columns: each line of the text is shaped as a row, cut into characters, and set downwards with
 * the advances of the row; the first column is the rightmost.  Han, kana and their like stand
 * upright, all else lies on its side, and brackets and stops take their forms for columns (Unicode,
 * UAX 50 and the block of vertical forms). */

#include "label-vertical.h"
#include "text-internal.h"

#include <string.h>

/* A character of a column. */
typedef struct {
    FmTextBlock *block; /* borrowed from the shaped text */
    double middle_px;   /* along the column */
    gboolean upright;
} Glyph;

typedef struct {
    GArray *glyphs;
    double length_px, width_px;
} Column;

static void column_clear(void *pointer)
{
    g_array_unref(((Column *)pointer)->glyphs);
}

gboolean fm__label_has_han(const FmLabelRequest *request)
{
    for (gsize i = 0; i < request->n_sections; i++)
        for (const char *at = request->sections[i].text; at != NULL && *at != '\0';
             at = g_utf8_next_char(at))
            if (g_unichar_iswide(g_utf8_get_char(at)))
                return TRUE;
    return FALSE;
}

/* The text with the forms that brackets, dashes and stops have in columns. */
static char *with_vertical_forms(const char *text, gsize n_bytes)
{
    static const struct {
        const char *level, *vertical;
    } forms[] = {{"（", "︵"}, {"）", "︶"}, {"《", "︽"}, {"》", "︾"}, {"〈", "︿"}, {"〉", "﹀"},
                 {"「", "﹁"}, {"」", "﹂"}, {"『", "﹃"}, {"』", "﹄"}, {"【", "︻"}, {"】", "︼"},
                 {"，", "︐"}, {"、", "︑"}, {"。", "︒"}, {"：", "︓"}, {"—", "︱"},  {"…", "︙"}};
    GString *out = g_string_new_len(text, (gssize)n_bytes);
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        g_string_replace(out, forms[i].level, forms[i].vertical, 0);
    return g_string_free(out, FALSE);
}

/* Adds a column of sections that hold no line feed. */
static void add_column(FmTextContext *context, const FmLabelRequest *request, GArray *sections,
                       FmShapedText *shaped, GArray *columns)
{
    g_autoptr(FmTextBlock) row =
        fm__text_block_new_line(context, (const FmTextSection *)(const void *)sections->data,
                                sections->len, &request->style);
    g_autoptr(GArray) clusters = g_array_new(FALSE, FALSE, sizeof(FmTextCluster));
    fm__text_block_cut(row, clusters);
    Column column = {g_array_new(FALSE, FALSE, sizeof(Glyph)), fm__text_block_width_px(row),
                     fm__text_block_height_px(row)};
    for (guint i = 0; i < clusters->len; i++) {
        const FmTextCluster *cluster = &g_array_index(clusters, FmTextCluster, i);
        const FmTextRun *run = &g_array_index(cluster->block->runs, FmTextRun, 0);
        const char *at = cluster->block->text + run->item->item->offset;
        const Glyph glyph = {
            .block = fm__shaped_text_add(shaped, cluster->block),
            .middle_px = cluster->x_px + fm__text_block_width_px(cluster->block) / 2,
            .upright = g_unichar_iswide(g_utf8_get_char(at)),
        };
        g_array_append_val(column.glyphs, glyph);
    }
    if (column.glyphs->len > 0)
        g_array_append_val(columns, column);
    else
        column_clear(&column);
}

static void section_clear(void *pointer)
{
    g_free(((FmTextSection *)pointer)->text);
}

/* The lines of the text as columns. */
static GArray *columns_of(FmTextContext *context, const FmLabelRequest *request,
                          FmShapedText *shaped)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    g_array_set_clear_func(columns, column_clear);
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(FmTextSection));
    g_array_set_clear_func(line, section_clear);
    for (gsize i = 0; i < request->n_sections; i++) {
        const char *at = request->sections[i].text;
        while (at != NULL && *at != '\0') {
            gsize n_bytes = strcspn(at, "\n");
            FmTextSection part = request->sections[i];
            part.text = with_vertical_forms(at, n_bytes);
            g_array_append_val(line, part);
            at += n_bytes;
            if (*at == '\n') {
                add_column(context, request, line, shaped, columns);
                g_array_set_size(line, 0);
                at++;
            }
        }
    }
    add_column(context, request, line, shaped, columns);
    return columns;
}

static void set_column(const Column *column, double middle_px, double top_px,
                       FmLabelCandidate *candidate)
{
    for (guint i = 0; i < column->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(column->glyphs, Glyph, i);
        const FmLabelPiece piece = {
            .block = glyph->block,
            .pivot = {middle_px, top_px + glyph->middle_px},
            .offset = {-fm__text_block_width_px(glyph->block) / 2,
                       -fm__text_block_height_px(glyph->block) / 2},
            .angle_rad = glyph->upright ? 0 : G_PI / 2,
        };
        g_array_append_val(candidate->pieces, piece);
    }
}

static FmLabelCandidate *candidate_at(const FmLabelRequest *request, const GArray *columns,
                                      FmPagePoint at, FmAnchor anchor)
{
    double width_px = 0, height_px = 0;
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        width_px += column->width_px;
        height_px = MAX(height_px, column->length_px);
    }
    const FmPageRect rect = fm__anchored_rect(request, at, anchor, width_px, height_px);
    FmLabelCandidate *candidate = fm__label_candidate_new();
    candidate->anchor = anchor;
    candidate->position = (FmPagePoint){rect.x_px, rect.y_px};
    double right_px = fm__rect_right_px(&rect);
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        set_column(column, right_px - column->width_px / 2, rect.y_px, candidate);
        right_px -= column->width_px;
    }
    fm__label_candidate_cover(candidate, request, rect, rect, at);
    return candidate;
}

void fm__label_shape_vertical(FmTextContext *context, const FmLabelRequest *request,
                              FmPageRect frame, double cost, FmLabelUnit *unit)
{
    g_autoptr(GArray) columns = columns_of(context, request, unit->shaped);
    for (gsize i = 0; i < request->n_anchors && columns->len > 0; i++) {
        const FmPagePoint at = fm__anchor_point(request, i);
        FmLabelCandidate *candidate = fm__label_unit_keep(
            unit, request, frame, candidate_at(request, columns, at, request->anchors[i]));
        if (candidate != NULL)
            candidate->cost = cost + (double)i;
    }
}
