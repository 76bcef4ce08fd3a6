#include "coordinate-tokens.h"
#include "fm-unit.h"

/* "N116.4 S , A1+": numbers, separators, units by their level, axes by their sign. */
static char *tokens(const char *text, gboolean pair)
{
    GString *list = g_string_new(NULL);
    FmLexer lexer = fm_coordinate_lexer(text, pair);

    for (;;) {
        FmToken token = fm_coordinate_token(&lexer);
        switch (token.kind) {
        case FM_TOKEN_END:
            return g_string_free(list, FALSE);
        case FM_TOKEN_BAD:
            g_string_append(list, "!");
            return g_string_free(list, FALSE);
        case FM_TOKEN_NUMBER:
            g_string_append_printf(list, "%s%g ", token.negative ? "-" : "", token.value);
            break;
        case FM_TOKEN_UNIT:
            g_string_append_printf(list, "u%u ", token.level);
            break;
        case FM_TOKEN_AXIS:
            g_string_append_printf(list, "a%d%+d ", (int)token.axis, token.sign);
            break;
        case FM_TOKEN_SEPARATOR:
            g_string_append(list, "| ");
            break;
        }
        lexer.after_number = token.kind == FM_TOKEN_NUMBER;
    }
}

static void spellings(void)
{
    static const struct {
        const char *text, *expect;
        gboolean pair;
    } cases[] = {
        {"116.5,39", "116.5 | 39 ", TRUE},
        {"东经１１６度30分", "a1+1 116 u0 30 u1 ", FALSE},
        {"39:54:31", "39 u0 54 u1 31 ", FALSE},
        {"(-1.5; 2)", "-1.5 | 2 ", TRUE},
        {"39secN", "39 u2 a2+1 ", FALSE},
        {"甲", "!", FALSE},
        {"1..2", "!", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = tokens(cases[i].text, cases[i].pair);
        g_assert_cmpstr(found, ==, cases[i].expect);
    }
}

/* A comma is the decimal point only where it cannot be anything else. */
static void decimal_commas(void)
{
    static const struct {
        const char *text, *one, *pair;
    } cases[] = {
        {"116,5", "116.5 ", "116 | 5 "},
        {"116，5", "116.5 ", "116 | 5 "},
        {"116、5", "116 | 5 ", "116 | 5 "},
        {"448,481", "448 | 481 ", "448 | 481 "},
        {"116, 5", "116 | 5 ", "116 | 5 "},
        {"116,5;39,9", "116 | 5 | 39 | 9 ", "116.5 | 39.9 "},
        {"116,5;39.9", "116 | 5 | 39.9 ", "116 | 5 | 39.9 "},
        {"1,2,3;4", "1 | 2 | 3 | 4 ", "1 | 2 | 3 | 4 "},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *one = tokens(cases[i].text, FALSE);
        g_autofree char *pair = tokens(cases[i].text, TRUE);
        g_assert_cmpstr(one, ==, cases[i].one);
        g_assert_cmpstr(pair, ==, cases[i].pair);
    }
}

void test_coordinate_tokens(void)
{
    g_test_add_func("/load/coordinate-tokens/spellings", spellings);
    g_test_add_func("/load/coordinate-tokens/decimal-commas", decimal_commas);
}
