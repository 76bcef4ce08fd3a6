#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_name(void)
{
    g_assert_true(fm_hatch_is_name("facmap:hatch"));
    g_assert_true(fm_hatch_is_name("facmap:hatch?"));
    g_assert_false(fm_hatch_is_name("facmap:hatching"));
    g_assert_false(fm_hatch_is_name("hatch-area"));
}

static void test_all_keys(void)
{
    FmHatch hatch;
    g_autoptr(GError) error = NULL;
    g_assert_true(fm_hatch_parse("facmap:hatch?angle=45,-45.5&spacing=3&width=0.25&color=%23FF0000"
                                 "&background=rgba(0,0,255,0.5)",
                                 &hatch, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(hatch.n_angles, ==, 2);
    g_assert_cmpfloat(hatch.angles_deg[0], ==, 45);
    g_assert_cmpfloat(hatch.angles_deg[1], ==, -45.5);
    g_assert_cmpfloat(hatch.spacing_px, ==, 3);
    g_assert_cmpfloat(hatch.width_px, ==, 0.25);
    g_assert_cmpfloat(hatch.color.r, ==, 1);
    g_assert_cmpfloat(hatch.color.g, ==, 0);
    g_assert_cmpfloat(hatch.background.a, ==, 0.5);
}

static void test_defaults(void)
{
    FmHatch hatch;
    g_assert_true(fm_hatch_parse("facmap:hatch", &hatch, NULL));
    g_assert_cmpuint(hatch.n_angles, ==, 1);
    g_assert_cmpfloat(hatch.width_px, <, hatch.spacing_px);
    g_assert_cmpfloat(hatch.background.a, ==, 0);
}

static void test_malformed(void)
{
    static const struct {
        const char *query, *message;
    } cases[] = {
        {"angle=steep", "\"angle\" has to be one to four angles"},
        {"angle=", "\"angle\" has to be"},
        {"angle=1,2,3,4,5", "\"angle\" has to be"},
        {"angle=nan", "\"angle\" has to be"},
        {"spacing=0", "\"spacing\" has to be a number from 0.5 to 200"},
        {"spacing=1e300", "\"spacing\" has to be"},
        {"width=2px", "\"width\" has to be"},
        {"width=5", "leave nothing between them"},
        {"color=blu", "\"color\" has to be a color"},
        {"color=%zz", "\"color\" has to be escaped"},
        {"colour=red", "unknown key \"colour\""},
        {"angle=45&&width=1", "unknown key \"\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strconcat("facmap:hatch?", cases[i].query, NULL);
        FmHatch hatch = {.n_angles = 77};
        g_autoptr(GError) error = NULL;
        g_assert_false(fm_hatch_parse(name, &hatch, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_nonnull(strstr(error->message, cases[i].message));
        g_assert_cmpuint(hatch.n_angles, ==, 77);
    }
}

/* A wrong name in a document is found when it is read, with its path. */
static void test_in_document(void)
{
    g_autofree char *message = style_error(
        "'type': 'fill', 'paint': {'fill-pattern': 'facmap:hatch?spacing=0'}", FM_ERROR_PARSE);
    g_assert_nonnull(strstr(message, "paint.fill-pattern: hatch"));
}

void test_hatch(void)
{
    g_test_add_func("/style/hatch/name", test_name);
    g_test_add_func("/style/hatch/all-keys", test_all_keys);
    g_test_add_func("/style/hatch/defaults", test_defaults);
    g_test_add_func("/style/hatch/malformed", test_malformed);
    g_test_add_func("/style/hatch/in-document", test_in_document);
}
