/* The legend and the map say the same. */
#include "fm-unit.h"
#include "lint-fixture.h"

#define META "{'facmap:legend': [{'id': 'g'}]}"
#define SCHOOLS(entry)                                                                             \
    LINT_LAYER("s", "circle", "school", "'metadata': {'facmap:legend': " entry "}")
#define CLOSED "'filter': ['==', ['get', 'status'], 'closed']"

static void empty(void)
{
    g_assert_cmpuint(
        lint_count(META,
                   "[" SCHOOLS("[{'group': 'g', 'label': {'en': 'All'}}, {'group': 'g', "
                               "'label': {'en': 'Closed'}, 'keep-empty': true, " CLOSED "}]") "]",
                   FM_LINT_LEGEND_EMPTY, "'Closed'"),
        ==, 1);
    /* Left out of the legend, or said to be none. */
    g_assert_cmpuint(
        lint_count(META,
                   "[" SCHOOLS("[{'group': 'g', 'label': {'en': 'All'}}, {'group': 'g', "
                               "'label': {'en': 'Closed'}, " CLOSED "}, {'group': 'g', "
                               "'label': {'en': 'None'}, 'count': true, 'keep-empty': "
                               "true, " CLOSED "}]") "]",
                   FM_LINT_LEGEND_EMPTY, NULL),
        ==, 0);
}

static void absent(void)
{
    g_assert_cmpuint(lint_count("{}", "[" LINT_LAYER("s", "circle", "school", "'minzoom': 0") "]",
                                FM_LINT_LEGEND_ABSENT, "2 features of 'school'"),
                     ==, 1);
    /* One of the two has an entry. */
    g_assert_cmpuint(lint_count(META,
                                "[" SCHOOLS("{'group': 'g', 'label': {'en': 'Open'}, 'filter': "
                                            "['==', ['get', 'status'], 'open']}") "]",
                                FM_LINT_LEGEND_ABSENT, "1 feature of"),
                     ==, 1);
    g_assert_cmpuint(lint_count("{}", "[" SCHOOLS("false") "]", FM_LINT_LEGEND_ABSENT, NULL), ==,
                     0);
    g_assert_cmpuint(lint_count(META, "[" SCHOOLS("{'group': 'g', 'label': {'en': 'Any'}}") "]",
                                FM_LINT_LEGEND_ABSENT, NULL),
                     ==, 0);
}

/* A casing is explained by its line; names explain themselves; what is not drawn needs nothing. */
static void needs_none(void)
{
    g_assert_cmpuint(
        lint_count(META,
                   "[" LINT_LAYER("casing", "line", "road", "'minzoom': 0") ", " LINT_LAYER(
                       "road", "line", "road",
                       "'metadata': {'facmap:legend': {'group': 'g', 'label': {'en': "
                       "'Road'}, "
                       "'with': ['casing']}}") ", " LINT_LAYER("name", "symbol", "school",
                                                               "'layout': {'text-field': "
                                                               "'A'}") ", " LINT_LAYER("hidde"
                                                                                       "n",
                                                                                       "fill",
                                                                                       "area",
                                                                                       "'layo"
                                                                                       "ut': "
                                                                                       "{'"
                                                                                       "visib"
                                                                                       "ility"
                                                                                       "': "
                                                                                       "'none"
                                                                                       "'}") "]",
                   FM_LINT_LEGEND_ABSENT, NULL),
        ==, 0);
}

void test_lint_legend(void)
{
    g_test_add_func("/render/lint-legend/empty", empty);
    g_test_add_func("/render/lint-legend/absent", absent);
    g_test_add_func("/render/lint-legend/needs-none", needs_none);
}
