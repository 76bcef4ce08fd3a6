/* Computing the figures of a page and writing them into its texts. */
#include "values.h"

#include <facmap/analysis.h>
#include <math.h>
#include <string.h>

/* ---- numbers as text -------------------------------------------------------------------- */

/* Fixed decimals, C locale. */
static char *format_fixed(double value, int decimals)
{
    char format[8], text[G_ASCII_DTOSTR_BUF_SIZE + 320];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    return g_strdup(g_ascii_formatd(text, sizeof text, format, value));
}

/* Three significant digits, no exponent. */
static char *format_significant(double value)
{
    double magnitude = fabs(value);
    if (magnitude >= 1000)
        return fm_format_count((gint64)llround(value));
    return format_fixed(value, magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2);
}

/* The same in both languages, as the limits of classes are: a bilingual page says it once. */
static char *format_percent(double ratio)
{
    double percent = ratio * 100;
    /* "100 %" and "0 %" must mean all and none: what only rounds there keeps a digit. */
    int decimals = (percent > 0 && percent < 1) || (percent > 99 && percent < 100) ? 1 : 0;
    g_autofree char *number = format_fixed(percent, decimals);
    return g_strconcat(number, "\u202f%", NULL);
}

/* 1,660,000: what has three significant digits, written out. */
static char *format_rounded(double value)
{
    const double unit = pow(10, MAX(floor(log10(fabs(value))) - 2, 0));
    return fm_format_count((gint64)(llround(value / unit) * llround(unit)));
}

/* A figure that both languages share is written out, for "万" and "million" are read in one. */
static char *format_millions(double value, FmLanguage language)
{
    if (value == 0)
        return g_strdup("0");
    if (language == FM_LANGUAGE_ZH) {
        double myriads = fabs(value) / 1e4;
        g_autofree char *number = myriads >= 1000 ? format_significant(value / 1e4)
                                                  : format_fixed(value / 1e4, myriads >= 10  ? 0
                                                                              : myriads >= 1 ? 1
                                                                                             : 2);
        return g_strconcat(number, "\u00a0万", NULL);
    }
    if (language == FM_LANGUAGE_BOTH || fabs(value) < 1e6)
        return format_rounded(value);
    double millions = fabs(value) / 1e6;
    g_autofree char *number = millions >= 1000 ? format_significant(value / 1e6)
                                               : format_fixed(value / 1e6, millions >= 10 ? 1 : 2);
    return g_strconcat(number, "\u00a0million", NULL);
}

/* One decimal up to 100 km; none for whole kilometres, which are limits that someone chose. */
static char *format_km(double value_m, FmLanguage language)
{
    double km = value_m / 1000;
    g_autofree char *number = format_fixed(km, km == rint(km) || fabs(km) >= 99.95 ? 0 : 1);
    return g_strconcat(number, language == FM_LANGUAGE_ZH ? "\u00a0公里" : "\u00a0km", NULL);
}

char *fm__format_value(double value, FmPageFormat format, FmLanguage language)
{
    if (!isfinite(value) || fabs(value) > 9e15)
        return g_strdup("–");
    switch (format) {
    case FM_PAGE_COUNT:
        return fm_format_count((gint64)llround(value));
    case FM_PAGE_NUMBER:
        return format_significant(value);
    case FM_PAGE_PERCENT:
        return format_percent(value);
    case FM_PAGE_KM:
        return format_km(value, language);
    case FM_PAGE_MILLIONS:
        return format_millions(value, language);
    }
    g_return_val_if_reached(NULL);
}

/* ---- figures from layers ---------------------------------------------------------------- */

double fm__reduce(const double *values, gsize n, FmPageReduce how)
{
    if (how == FM_PAGE_ROWS)
        return (double)n;
    if (n == 0)
        return how == FM_PAGE_SUM ? 0 : NAN;
    double sum = 0, least = values[0], most = values[0];
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
        least = MIN(least, values[i]);
        most = MAX(most, values[i]);
    }
    switch (how) {
    case FM_PAGE_SUM:
        return sum;
    case FM_PAGE_MEAN:
        return sum / (double)n;
    case FM_PAGE_MEDIAN:
        return fm_quantile(values, n, 0.5);
    case FM_PAGE_MIN:
        return least;
    case FM_PAGE_MAX:
        return most;
    case FM_PAGE_FIRST:
    case FM_PAGE_ROWS:
        break;
    }
    return values[0];
}

double fm__page_value_compute(const FmPageValue *value, const FmMapLayer *layer)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        FmStyleContext context = {layer->table, row, 0, NULL};
        if ((value->of_area && !fm__map_layer_is_of_area(layer, row)) ||
            (value->filter && !fm_page_expression_boolean(value->filter, &context)))
            continue;
        double number = value->value ? fm_page_expression_number(value->value, &context) : 1;
        if (isfinite(number))
            g_array_append_val(values, number);
    }
    return fm__reduce((const double *)(const void *)values->data, values->len, value->reduce);
}

/* ---- placeholders ----------------------------------------------------------------------- */

typedef struct {
    char *en, *zh;
    char *both; /* where one figure serves both languages; NULL = as in Chinese */
} Words;

struct FmPlaceholders {
    GHashTable *words;            /* name -> Words */
    const FmPlaceholders *shared; /* where else to look, or NULL */
};

static void words_free(gpointer data)
{
    Words *words = data;
    g_free(words->en);
    g_free(words->zh);
    g_free(words->both);
    g_free(words);
}

/* Takes over both.  Returns what holds them. */
static Words *put(FmPlaceholders *placeholders, const char *name, char *en, char *zh)
{
    Words *words = g_new(Words, 1);
    *words = (Words){en, zh, NULL};
    g_hash_table_insert(placeholders->words, g_strdup(name), words);
    return words;
}

/* One language stands in where the other is missing. */
static void put_either(FmPlaceholders *placeholders, const char *name, char *en, char *zh)
{
    put(placeholders, name, en ? en : g_strdup(zh ? zh : ""), zh ? zh : g_strdup(en ? en : ""));
}

static gboolean put_workspace(FmPlaceholders *placeholders, FmWorkspace *workspace, GError **error)
{
    const struct {
        const char *name, *key_en, *key_zh;
    } properties[] = {{"title", "title_en", "title_zh"},
                      {"date", "dataset_date", NULL},
                      {"licence", "licence", NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(properties); i++) {
        GError *cause = NULL;
        g_autofree char *en = fm_workspace_get(workspace, properties[i].key_en, &cause);
        g_autofree char *zh = NULL;
        if (!cause && properties[i].key_zh)
            zh = fm_workspace_get(workspace, properties[i].key_zh, &cause);
        if (cause) {
            g_propagate_error(error, cause);
            return FALSE;
        }
        put_either(placeholders, properties[i].name, g_steal_pointer(&en), g_steal_pointer(&zh));
    }
    return TRUE;
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    gint64 p = *(const gint64 *)a, q = *(const gint64 *)b;
    return (p > q) - (p < q);
}

static void add_once(GPtrArray *texts, const char *text)
{
    if (text && !g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
        g_ptr_array_add(texts, g_strdup(text));
}

static char *joined(const GPtrArray *texts)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < texts->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", (const char *)texts->pdata[i]);
    return g_string_free(all, FALSE);
}

/* Runs, sources and licences of the layers that are drawn, each once. */
static void put_layers(FmPlaceholders *placeholders, const FmMapLayers *layers)
{
    const GPtrArray *names = fm__map_layers_names(layers);
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) licences = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(layers, names->pdata[i]);
        if (!layer)
            continue;
        g_array_append_val(runs, layer->info->run_id);
        add_once(sources, layer->info->source);
        add_once(licences, layer->info->licence);
    }
    g_array_sort(runs, compare_ids);
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < runs->len; i++) {
        gint64 id = g_array_index(runs, gint64, i);
        if (i == 0 || id != g_array_index(runs, gint64, i - 1))
            g_string_append_printf(ids, "%s%" G_GINT64_FORMAT, ids->len > 0 ? ", " : "", id);
    }
    put(placeholders, "run", g_strdup(ids->str), g_strdup(ids->str));
    put_either(placeholders, "source", joined(sources), NULL);
    put_either(placeholders, "licences", joined(licences), NULL);
}

FmPlaceholders *fm__placeholders_new(FmWorkspace *workspace, const FmMapLayers *layers,
                                     GError **error)
{
    g_autoptr(FmPlaceholders) placeholders = g_new0(FmPlaceholders, 1);
    placeholders->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, words_free);
    if (!put_workspace(placeholders, workspace, error))
        return NULL;
    put_layers(placeholders, layers);
    return g_steal_pointer(&placeholders);
}

/* A cell as people read it: numbers with separators and three digits. */
static char *cell_words(const FmTable *table, gsize column, gsize row, FmLanguage language)
{
    if (fm_table_is_null(table, column, row))
        return g_strdup("");
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_TEXT:
        return g_strdup(fm_table_text(table, column, row));
    case FM_COLUMN_INTEGER:
        return fm_format_count(fm_table_integer(table, column, row));
    case FM_COLUMN_REAL:
        return fm__format_value(fm_table_number(table, column, row), FM_PAGE_NUMBER, language);
    }
    g_return_val_if_reached(NULL);
}

static char *named_cell(const FmTable *table, const char *name, gsize row)
{
    gsize column = fm_table_find_column(table, name);
    return column == FM_COLUMN_NONE ? NULL : fm_table_dup_as_text(table, column, row);
}

static void put_atlas(FmPlaceholders *placeholders, const FmAtlasPage *atlas)
{
    const FmTable *table = atlas->layer->table;
    for (gsize column = 0; column < fm_table_n_columns(table); column++) {
        g_autofree char *name = g_strconcat("atlas.", fm_table_column_name(table, column), NULL);
        put(placeholders, name, cell_words(table, column, atlas->row, FM_LANGUAGE_EN),
            cell_words(table, column, atlas->row, FM_LANGUAGE_ZH));
    }
    put_either(placeholders, "atlas.name", named_cell(table, "name_en", atlas->row),
               named_cell(table, "name_zh", atlas->row));
    put_either(placeholders, "atlas.page", g_strdup_printf("%u", atlas->number), NULL);
    put_either(placeholders, "atlas.pages", g_strdup_printf("%u", atlas->n_pages), NULL);
}

/* "1:50,000", or "1:50,000, 1:400,000" */
static char *scales_text(const GPtrArray *frames)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < frames->len; i++) {
        double scale = ((const FmFrame *)frames->pdata[i])->scale_denominator;
        guint same = 0;
        while (((const FmFrame *)frames->pdata[same])->scale_denominator != scale)
            same++;
        if (same < i) /* said already */
            continue;
        g_autofree char *denominator = fm_format_count((gint64)llround(scale));
        g_string_append_printf(text, "%s1:%s", i > 0 ? ", " : "", denominator);
    }
    return g_string_free(text, FALSE);
}

FmPlaceholders *fm__placeholders_of_page(const FmPlaceholders *shared, const FmPage *page,
                                         const FmMapLayers *layers, const GPtrArray *frames,
                                         const FmAtlasPage *atlas)
{
    FmPlaceholders *placeholders = g_new0(FmPlaceholders, 1);
    placeholders->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, words_free);
    placeholders->shared = shared;
    const FmFrame *frame = frames->pdata[0];
    put_either(placeholders, "scale", scales_text(frames), NULL);
    put_either(placeholders, "crs",
               g_strdup_printf("%s (%s)", fm_crs_name(frame->crs), fm_crs_definition(frame->crs)),
               NULL);
    if (atlas)
        put_atlas(placeholders, atlas);
    for (guint i = 0; i < page->values->len; i++) {
        const FmPageValue *value = page->values->pdata[i];
        const FmMapLayer *layer = fm__map_layers_find(layers, value->layer);
        double number = layer ? fm__page_value_compute(value, layer) : NAN;
        Words *words =
            put(placeholders, value->name, fm__format_value(number, value->format, FM_LANGUAGE_EN),
                fm__format_value(number, value->format, FM_LANGUAGE_ZH));
        words->both = fm__format_value(number, value->format, FM_LANGUAGE_BOTH);
    }
    return placeholders;
}

static const Words *find_words(const FmPlaceholders *placeholders, const char *name)
{
    const Words *words = NULL;
    for (; placeholders && !words; placeholders = placeholders->shared)
        words = g_hash_table_lookup(placeholders->words, name);
    return words;
}

static const char *word_of(const Words *words, FmLanguage language)
{
    if (language == FM_LANGUAGE_EN)
        return words->en;
    return language == FM_LANGUAGE_BOTH && words->both ? words->both : words->zh;
}

void fm__placeholders_free(FmPlaceholders *placeholders)
{
    if (!placeholders)
        return;
    g_hash_table_unref(placeholders->words);
    g_free(placeholders);
}

/* Take what is written of the last sentence back. */
static void drop_sentence(GString *out)
{
    static const char *const ends[] = {"。", ". ", "\n"};
    gsize keep = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        const char *last = g_strrstr(out->str, ends[i]);
        if (last)
            keep = MAX(keep, (gsize)(last - out->str) + strlen(ends[i]));
    }
    g_string_truncate(out, keep);
}

/* Where the sentence that goes on at `at` has ended. */
static const char *skip_sentence(const char *at)
{
    for (; *at != '\0' && *at != '\n'; at = g_utf8_next_char(at)) {
        if (g_str_has_prefix(at, "。"))
            return at + strlen("。");
        if (*at == '.' && (at[1] == ' ' || at[1] == '\0'))
            return at + (at[1] == ' ' ? 2 : 1);
    }
    return at;
}

char *fm__placeholders_expand(const FmPlaceholders *placeholders, const char *template,
                              FmLanguage language, GPtrArray *warnings)
{
    if (!template)
        return NULL;
    GString *out = g_string_new(NULL);
    const char *at = template;
    for (const char *open = strchr(at, '{'); open; open = strchr(at, '{')) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        g_string_append_len(out, at, open - at);
        g_autofree char *name = g_strndup(open + 1, (gsize)(close - open - 1));
        const Words *words = find_words(placeholders, name);
        const char *word = words ? word_of(words, language) : NULL;
        if (word && *word == '\0') {
            drop_sentence(out);
            at = skip_sentence(close + 1);
            continue;
        }
        if (word) {
            g_string_append(out, word);
        } else {
            g_string_append_len(out, open, close - open + 1);
            g_autofree char *warning = g_strdup_printf("the page has no value '{%s}'", name);
            if (!g_ptr_array_find_with_equal_func(warnings, warning, g_str_equal, NULL))
                g_ptr_array_add(warnings, g_steal_pointer(&warning));
        }
        at = close + 1;
    }
    g_string_append(out, at);
    return g_string_free(out, FALSE);
}
