/* Names made comparable.  Two schools are one when only brackets, blanks, the city before the name
 * or the width of a letter differ; "No. 1" and "No. 2" are never one, however long the rest. */
#include "check-internal.h"

#include <string.h>

char *fm_text_fold(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
    return g_strstrip(g_utf8_casefold(composed, -1));
}

/* The letters and digits outside of brackets, or those inside; NFKC has made all brackets these. */
static GString *letters(const char *folded, gboolean inside)
{
    GString *out = g_string_new(NULL);
    guint depth = 0;
    for (const char *at = folded; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '(' || c == '[' || c == 0x3010 || c == 0x3014)
            depth++;
        else if ((c == ')' || c == ']' || c == 0x3011 || c == 0x3015) && depth > 0)
            depth--;
        else if ((depth > 0) == inside && g_unichar_isalnum(c))
            g_string_append_unichar(out, c);
    }
    return out;
}

/* Cuts `word` off the beginning, unless nothing would be left. */
static void cut(GString *text, const char *word)
{
    gsize length = strlen(word);
    if (text->len > length && strncmp(text->str, word, length) == 0)
        g_string_erase(text, 0, (gssize)length);
}

/* Cuts a district or county of three or four characters ("朝阳区") off the beginning; a word that
 * ends so (地区, 校区) is none. */
static void cut_district(GString *text)
{
    static const char words[] = "地社校院园小景特库厂住";
    const char *at = text->str;
    gunichar before = 0;
    for (guint i = 0; i < 4 && *at != '\0'; i++, at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (i >= 2 && (c == 0x533A || c == 0x53BF)) { /* 区, 县 */
            if (g_utf8_strchr(words, -1, before))
                return;
            const char *rest = g_utf8_next_char(at);
            if (g_utf8_strlen(rest, -1) >= 3)
                g_string_erase(text, 0, (gssize)(rest - text->str));
            return;
        }
        before = c;
    }
}

char *fm_name_key(const char *name, const char *stem)
{
    g_autofree char *folded = fm_text_fold(name);
    GString *text = letters(folded, FALSE);
    if (stem) {
        g_autofree char *city = g_strconcat(stem, "市", NULL);
        gsize before = text->len;
        cut(text, city);
        if (text->len == before)
            cut(text, stem);
    }
    cut_district(text);
    return g_string_free(text, FALSE);
}

char *fm_name_note(const char *name)
{
    g_autofree char *folded = fm_text_fold(name);
    return g_string_free(letters(folded, TRUE), FALSE);
}

char *fm_name_stem(const char *const *names, gsize n)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *best = NULL;
    guint best_count = 0;
    gsize n_names = 0;
    for (gsize i = 0; i < n; i++) {
        if (!names[i])
            continue;
        n_names++;
        const char *mark = strstr(names[i], "市");
        glong length = mark ? g_utf8_pointer_to_offset(names[i], mark) : 0;
        if (length < 2 || length > 4)
            continue;
        char *stem = g_strndup(names[i], (gsize)(mark - names[i]));
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, stem)) + 1;
        g_hash_table_replace(counts, stem, GUINT_TO_POINTER(count));
        if (count > best_count) {
            best_count = count;
            best = stem;
        }
    }
    return best && (gsize)best_count * 5 >= n_names ? g_strdup(best) : NULL;
}

/* ---- similarity ------------------------------------------------------------------------- */

/* Characters that make a namesake another place. */
static gboolean tells_apart(gunichar c)
{
    static const char telling[] =
        "一二三四五六七八九十百零东南西北中上下前后左右内外大小高初新老男女"
        "甲乙丙丁";
    return g_unichar_isdigit(c) || g_utf8_strchr(telling, -1, c) != NULL;
}

static int compare_chars(const void *a, const void *b)
{
    gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
    return (x > y) - (x < y);
}

static int compare_bigrams(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

FmNameBigrams *fm_name_bigrams_new(const char *key)
{
    glong length = 0;
    g_autofree gunichar *text = g_utf8_to_ucs4_fast(key, -1, &length);
    FmNameBigrams *name = g_new0(FmNameBigrams, 1);
    name->key = g_strdup(key);
    name->n = length > 0 ? (gsize)length - 1 : 0;
    name->pairs = g_new(guint64, name->n);
    name->telling = g_new(gunichar, (gsize)length);
    for (gsize i = 0; i < (gsize)length; i++) {
        if (i > 0)
            name->pairs[i - 1] = (guint64)text[i - 1] << 32 | text[i];
        if (tells_apart(text[i]))
            name->telling[name->n_telling++] = text[i];
    }
    if (name->n > 1)
        qsort(name->pairs, name->n, sizeof *name->pairs, compare_bigrams);
    if (name->n_telling > 1)
        qsort(name->telling, name->n_telling, sizeof *name->telling, compare_chars);
    return name;
}

void fm_name_bigrams_free(FmNameBigrams *name)
{
    if (!name)
        return;
    g_free(name->key);
    g_free(name->pairs);
    g_free(name->telling);
    g_free(name);
}

static gboolean same_telling(const FmNameBigrams *a, const FmNameBigrams *b)
{
    return a->n_telling == b->n_telling &&
           (a->n_telling == 0 ||
            memcmp(a->telling, b->telling, a->n_telling * sizeof *a->telling) == 0);
}

double fm_name_similarity(const FmNameBigrams *a, const FmNameBigrams *b)
{
    if (strcmp(a->key, b->key) == 0)
        return *a->key != '\0' ? 1 : 0;
    if (a->n == 0 || b->n == 0 || !same_telling(a, b))
        return 0;
    gsize shared = 0;
    for (gsize i = 0, j = 0; i < a->n && j < b->n;) {
        guint64 p = a->pairs[i], q = b->pairs[j];
        shared += p == q ? 1 : 0;
        i += p <= q ? 1 : 0;
        j += q <= p ? 1 : 0;
    }
    return 2.0 * (double)shared / (double)(a->n + b->n);
}
