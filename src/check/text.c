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
    return best && best_count * 5 >= n_names ? g_strdup(best) : NULL;
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

/* Do the telling characters of both texts agree, each as often?  Sorted copies are compared. */
static gboolean same_telling(const gunichar *a, glong n_a, const gunichar *b, glong n_b)
{
    g_autofree gunichar *x = g_new(gunichar, (gsize)n_a), *y = g_new(gunichar, (gsize)n_b);
    gsize n_x = 0, n_y = 0;
    for (glong i = 0; i < n_a; i++)
        if (tells_apart(a[i]))
            x[n_x++] = a[i];
    for (glong i = 0; i < n_b; i++)
        if (tells_apart(b[i]))
            y[n_y++] = b[i];
    qsort(x, n_x, sizeof *x, compare_chars);
    qsort(y, n_y, sizeof *y, compare_chars);
    return n_x == n_y && (n_x == 0 || memcmp(x, y, n_x * sizeof *x) == 0);
}

static int compare_bigrams(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

static guint64 *bigrams(const gunichar *text, glong n)
{
    guint64 *pairs = g_new(guint64, (gsize)n);
    for (glong i = 0; i + 1 < n; i++)
        pairs[i] = (guint64)text[i] << 32 | text[i + 1];
    qsort(pairs, (gsize)n - 1, sizeof *pairs, compare_bigrams);
    return pairs;
}

double fm_name_similarity(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return *a != '\0' ? 1 : 0;
    glong n_a = 0, n_b = 0;
    g_autofree gunichar *x = g_utf8_to_ucs4_fast(a, -1, &n_a);
    g_autofree gunichar *y = g_utf8_to_ucs4_fast(b, -1, &n_b);
    if (n_a < 2 || n_b < 2 || !same_telling(x, n_a, y, n_b))
        return 0;
    g_autofree guint64 *p = bigrams(x, n_a), *q = bigrams(y, n_b);
    glong shared = 0;
    for (glong i = 0, j = 0; i < n_a - 1 && j < n_b - 1;) {
        shared += p[i] == q[j];
        if (p[i] == q[j])
            i++, j++;
        else if (p[i] < q[j])
            i++;
        else
            j++;
    }
    return 2.0 * (double)shared / (double)(n_a + n_b - 2);
}
