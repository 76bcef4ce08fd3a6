/* The order of texts in three levels, as the Unicode Collation Algorithm (UTS #10) has them:
 * letters without accents and case, then accents, then case, small before capital.  The first
 * level orders by kind (blanks, punctuation, signs, digits, letters), then by code point: this
 * is the algorithm's order for Latin, Greek, Cyrillic and Han, without the rules of single
 * languages. */
#include "collator.h"

#include <string.h>

typedef struct {
    GString *letters, *accents, *cases;
} Levels;

static void levels_clear(Levels *levels)
{
    g_string_free(levels->letters, TRUE);
    g_string_free(levels->accents, TRUE);
    g_string_free(levels->cases, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Levels, levels_clear)

static char kind_of(gunichar c)
{
    if (g_unichar_isspace(c)) {
        return 'a';
    }
    if (g_unichar_ispunct(c)) {
        const GUnicodeType type = g_unichar_type(c);
        const gboolean sign = type == G_UNICODE_MATH_SYMBOL || type == G_UNICODE_CURRENCY_SYMBOL ||
                              type == G_UNICODE_MODIFIER_SYMBOL || type == G_UNICODE_OTHER_SYMBOL;
        return sign ? 'c' : 'b';
    }
    return g_unichar_isdigit(c) ? 'd' : 'e';
}

static Levels levels_of(const char *text)
{
    Levels levels = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
    g_autofree char *decomposed = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (g_unichar_ismark(c)) {
            g_string_append_unichar(levels.accents, c);
            continue;
        }
        const gunichar small = g_unichar_tolower(c);
        g_string_append_c(levels.letters, kind_of(c));
        g_string_append_unichar(levels.letters, small);
        g_string_append_c(levels.accents, ' '); /* before the accents of the letter */
        g_string_append_c(levels.cases, c == small ? 'a' : 'b');
    }
    return levels;
}

int fm__collate(const char *a, const char *b, gboolean case_sensitive, gboolean diacritic_sensitive)
{
    g_auto(Levels) left = levels_of(a);
    g_auto(Levels) right = levels_of(b);
    int order = strcmp(left.letters->str, right.letters->str);
    if (order == 0 && diacritic_sensitive) {
        order = strcmp(left.accents->str, right.accents->str);
    }
    if (order == 0 && case_sensitive) {
        order = strcmp(left.cases->str, right.cases->str);
    }
    return order;
}
