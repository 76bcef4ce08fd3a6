/* Whole pages of a small made-up town: what is drawn, what is reported, what is refused. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define META                                                                                       \
    "{\"facmap:title\": {\"en\": \"Plan of {title}\", \"zh\": \"{title}\u56fe\"},"                 \
    " \"facmap:extent\": {\"layers\": [\"area\"]}, \"facmap:graticule\": {},"                      \
    " \"facmap:locator\": {\"layer\": \"school\"},"                                                \
    " \"facmap:legend\": [{\"id\": \"all\", \"title\": {\"en\": \"Legend\", \"zh\": "              \
    "\"\u56fe\u4f8b\"}}],"                                                                         \
    " \"facmap:notes\": {\"en\": \"Source: {source}.\"}}"

#define AREA                                                                                       \
    "{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"area\","                                                                                    \
    " \"metadata\": {\"facmap:legend\": {\"group\": \"all\", \"count\": true,"                     \
    "   \"label\": {\"en\": \"District\", \"zh\": \"\u533a\"}}},"                                  \
    " \"paint\": {\"fill-color\": \"#ccddee\", \"fill-outline-color\": \"#336699\"}}"

#define SCHOOL                                                                                     \
    "{\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\","                        \
    " \"source-layer\": \"school\","                                                               \
    " \"metadata\": {\"facmap:legend\": {\"group\": \"all\", \"count\": true,"                     \
    "   \"label\": {\"en\": \"School\", \"zh\": \"\u5b66\u6821\"}, \"sample\": {\"status\": "      \
    "\"open\"}}},"                                                                                 \
    " \"layout\": {\"icon-image\": [\"concat\", \"school-\", [\"get\", \"status\"]],"              \
    "   \"icon-allow-overlap\": true, \"text-field\": [\"get\", \"name_zh\"],"                     \
    "   \"text-variable-anchor\": [\"left\", \"right\"], \"text-radial-offset\": 1}}"

/* A town, an output folder and a way to draw. */
typedef struct {
    char *folder, *png, *list, *icons;
    FmWorkspace *workspace;
} Fixture;

static void set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    f->folder = fixture_folder();
    f->png = g_build_filename(f->folder, "map.png", NULL);
    f->list = g_build_filename(f->folder, "map.txt", NULL);
    f->icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    f->workspace = fixture_town(f->folder);
}

static void tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    fm_workspace_free(f->workspace);
    fixture_remove(f->folder);
    g_free(f->folder);
    g_free(f->png);
    g_free(f->list);
    g_free(f->icons);
}

static FmRenderReport *draw(Fixture *f, const char *metadata, const char *layers,
                            FmRenderOptions options, GError **error)
{
    g_autoptr(FmStyle) style = fixture_document(metadata, layers);
    options.icons_dir = f->icons;
    options.display_list = f->list;
    if (!options.size)
        options.size = "1000x700";
    return fm_render_page(f->workspace, style, f->png, &options, NULL, error);
}

/* Lines of the display list that begin with `kind` and contain `words`. */
static guint count_lines(const Fixture *f, const char *kind, const char *words)
{
    g_autofree char *text = fixture_read(f->list, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n = 0;
    for (char **line = lines; *line; line++)
        n += g_str_has_prefix(*line, kind) && strstr(*line, words) != NULL;
    return n;
}

static void a_page(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(f, META, "[" AREA ", " SCHOOL "]", (FmRenderOptions){0}, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report->width_px, ==, 1000);
    g_assert_cmpint(report->height_px, ==, 700);
    g_assert_cmpstr(report->crs, ==, "EPSG:4548");
    g_assert_cmpint(report->n_symbols, ==, 2); /* one is outside, one has no position */
    g_assert_cmpint(report->n_labels, ==, 2);
    g_assert_cmpuint(report->unplaced->len, ==, 0);
    g_assert_cmpuint(report->missing_glyphs->len, ==, 0);
    g_assert_cmpuint(report->warnings->len, ==, 0);
    g_assert_cmpuint(count_lines(f, "symbol ", "school school-open"), ==, 1);
    g_assert_cmpuint(count_lines(f, "symbol ", "school school-planned"), ==, 1);
    g_assert_cmpuint(count_lines(f, "label ", "第一学校"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "小镇图"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "Plan of Small Town"), ==, 1);
    /* Two of four schools are on the map; districts are modelled and say so. */
    g_assert_cmpuint(count_lines(f, "text ", "学校 (2 / 4)"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "区（模型估算） (2)"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "District, modelled"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "on this map / in all"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "1 feature has no position"), ==, 1);
    g_assert_cmpuint(count_lines(f, "scale-bar ", ""), ==, 1);
    g_assert_cmpuint(count_lines(f, "north ", ""), ==, 1);
    g_assert_cmpuint(count_lines(f, "furniture ", "notes"), ==, 1);
    g_assert_true(g_file_test(f->png, G_FILE_TEST_EXISTS));
}

static void languages(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(FmRenderReport) en = draw(f, META, "[" AREA ", " SCHOOL "]",
                                        (FmRenderOptions){.language = FM_LANGUAGE_EN}, NULL);
    g_assert_nonnull(en);
    g_assert_cmpuint(count_lines(f, "text ", "图例"), ==, 0);
    g_assert_cmpuint(count_lines(f, "text ", "School (2 / 4)"), ==, 1);
    g_autoptr(FmRenderReport) zh = draw(f, META, "[" AREA ", " SCHOOL "]",
                                        (FmRenderOptions){.language = FM_LANGUAGE_ZH}, NULL);
    g_assert_nonnull(zh);
    g_assert_cmpuint(count_lines(f, "text ", "图例"), ==, 1);
    g_assert_cmpuint(count_lines(f, "text ", "Legend"), ==, 0);
}

/* The same bytes again, and with any number of threads. */
static void the_same_twice(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autofree char *first = NULL;
    gsize size = 0;
    for (guint threads = 1; threads <= 3; threads++) {
        g_autoptr(FmRenderReport) report =
            draw(f, META, "[" AREA ", " SCHOOL "]", (FmRenderOptions){.n_threads = threads}, NULL);
        g_assert_nonnull(report);
        gsize n = 0;
        g_autofree char *bytes = fixture_read(f->png, &n);
        if (!first) {
            first = g_steal_pointer(&bytes);
            size = n;
            continue;
        }
        g_assert_cmpuint(n, ==, size);
        g_assert_cmpint(memcmp(bytes, first, n), ==, 0);
    }
}

static void another_layer(Fixture *f, gconstpointer data)
{
    (void)data;
    const char *layers = "[{\"id\": \"x\", \"type\": \"line\", \"source\": \"workspace\","
                         " \"source-layer\": \"route\"}]";
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(f, "{}", layers, (FmRenderOptions){.results = "route=road"}, &error);
    g_assert_no_error(error);
    g_autoptr(GError) unused = NULL;
    g_assert_null(
        draw(f, "{}", layers, (FmRenderOptions){.results = "route=road,y=area"}, &unused));
    g_assert_error(unused, FM_ERROR, FM_ERROR_USAGE);
}

static void optional_layer(Fixture *f, gconstpointer data)
{
    (void)data;
    const char *layers = "[" AREA ", {\"id\": \"x\", \"type\": \"line\", \"source\": \"workspace\","
                         " \"source-layer\": \"absent\", \"filter\": [\"has\", \"field\"],"
                         " \"metadata\": {\"facmap:optional\": true, \"facmap:legend\":"
                         "  {\"group\": \"all\", \"label\": {\"en\": \"Absent\"}}}}]";
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report = draw(f, META, layers, (FmRenderOptions){0}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(count_lines(f, "text ", "Absent"), ==, 0);
}

static void extent_by_option(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(FmRenderReport) near = draw(f, META, "[" AREA "]", (FmRenderOptions){0}, NULL);
    g_autoptr(FmRenderReport) far =
        draw(f, META, "[" AREA "]", (FmRenderOptions){.extent_layer = "school"}, NULL);
    g_assert_cmpfloat(far->scale_denominator, >, 3 * near->scale_denominator);
}

/* Each error has its code and names what is wrong; no file is left. */
static void refused(Fixture *f, gconstpointer data)
{
    (void)data;
#define LAYER(rest) "[{\"id\": \"x\", \"type\": \"fill\", \"source\": \"workspace\", " rest "}]"
    static const struct {
        const char *layers;
        FmRenderOptions options;
        FmError code;
        const char *says;
    } cases[] = {
        {LAYER("\"source-layer\": \"aera\""), {0}, FM_ERROR_NOT_FOUND, "aera"},
        {LAYER("\"source-layer\": \"area\", \"filter\": [\"has\", \"resdents\"]"),
         {0},
         FM_ERROR_NOT_FOUND,
         "resdents"},
        {LAYER("\"source-layer\": \"area\", \"paint\": {\"fill-pattern\": \"nope\"}"),
         {0},
         FM_ERROR_NOT_FOUND,
         "nope"},
        {"[" AREA "]", {.size = "A33"}, FM_ERROR_USAGE, "A33"},
        {"[" AREA "]", {.size = "A0", .dpi = 2000}, FM_ERROR_LIMIT, "32767"},
        {"[" AREA "]", {.extent_layer = "nowhere"}, FM_ERROR_NOT_FOUND, "nowhere"},
        {"[" AREA "]", {.results = "area"}, FM_ERROR_USAGE, "area"},
        {"[" AREA "]", {.results = "area=missing"}, FM_ERROR_NOT_FOUND, "missing"},
    };
#undef LAYER
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(draw(f, META, cases[i].layers, cases[i].options, &error));
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].says));
        g_assert_null(strchr(error->message, '\n'));
        g_assert_cmpuint(fixture_count_files(f->folder), ==, 1); /* the workspace */
    }
}

static void needs_are_told(Fixture *f, gconstpointer data)
{
    (void)data;
    const char *layers = "[{\"id\": \"x\", \"type\": \"fill\", \"source\": \"workspace\","
                         " \"source-layer\": \"coverage\"}]";
    g_autoptr(GError) error = NULL;
    g_assert_null(draw(f, "{\"facmap:needs\": [\"facmap coverage WS --of school\"]}", layers,
                       (FmRenderOptions){0}, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "facmap coverage WS --of school"));
}

static void no_folder(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(FmStyle) style = fixture_document("{}", "[" AREA "]");
    g_autofree char *path = g_build_filename(f->folder, "absent", "map.png", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_render_page(f->workspace, style, path, NULL, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
}

static gboolean cancel_late(double fraction, const char *stage, void *user)
{
    (void)stage;
    (void)user;
    return fraction < 0.9;
}

static void cancelled(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(FmStyle) style = fixture_document(META, "[" AREA "]");
    FmProgress progress = fm_progress_init(cancel_late, NULL);
    FmRenderOptions options = {.size = "1000x700", .icons_dir = f->icons};
    g_autoptr(GError) error = NULL;
    g_assert_null(fm_render_page(f->workspace, style, f->png, &options, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_assert_cmpuint(fixture_count_files(f->folder), ==, 1);
}

/* A panel that is far too small says so, and still draws the map. */
static void crowded_panel(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GString) legend = g_string_new("[");
    for (int i = 0; i < 60; i++)
        g_string_append_printf(legend, "%s{\"group\": \"all\", \"label\": {\"en\": \"Entry %d\"}}",
                               i > 0 ? ", " : "", i);
    g_string_append_c(legend, ']');
    g_autofree char *layers = g_strdup_printf("[{\"id\": \"x\", \"type\": \"fill\", \"source\": "
                                              "\"workspace\", \"source-layer\": \"area\","
                                              " \"metadata\": {\"facmap:legend\": %s}}]",
                                              legend->str);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report = draw(f, META, layers, (FmRenderOptions){0}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report->warnings->len, ==, 1);
}

void test_render(void)
{
    static const struct {
        const char *path;
        void (*test)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"/render/render/a-page", a_page},
        {"/render/render/languages", languages},
        {"/render/render/the-same-twice", the_same_twice},
        {"/render/render/another-layer", another_layer},
        {"/render/render/optional-layer", optional_layer},
        {"/render/render/extent-by-option", extent_by_option},
        {"/render/render/refused", refused},
        {"/render/render/needs-are-told", needs_are_told},
        {"/render/render/no-folder", no_folder},
        {"/render/render/cancelled", cancelled},
        {"/render/render/crowded-panel", crowded_panel},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
}
