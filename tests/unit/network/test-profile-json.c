/* Values of a profile, and where their errors say they are. */
#include "fm-unit.h"
#include "profile-json.h"
#include "road-fixture.h"

static FmProfilePlace place_of(JsonParser *parser, const char *text)
{
    g_assert_true(json_parser_load_from_data(parser, text, -1, NULL));
    return (FmProfilePlace){json_node_get_object(json_parser_get_root(parser)), "p.json",
                            g_strdup("speed")};
}

static void test_take(void)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_auto(FmProfilePlace) place =
        place_of(parser, "{\"t\": \"x\", \"b\": true, \"n\": 36, \"w\": 0, \"o\": {\"a\": 72},"
                         " \"l\": [\"u\", \"v\"], \"r\": [{\"tag\": \"s\", \"values\": [\"y\"],"
                         " \"factor\": 0.5}]}");
    g_autofree char *text = NULL;
    gboolean yes = FALSE;
    double speed = 1, wait = 1, absent = 7;
    g_auto(GStrv) words = NULL;
    g_auto(FmProfilePlace) inner = {0};
    g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(fm_profile_rule_free);
    g_assert_true(fm_profile_take_text(&place, "t", &text, NULL));
    g_assert_true(fm_profile_take_boolean(&place, "b", &yes, NULL));
    g_assert_true(fm_profile_take_number(&place, "n", FM_PROFILE_SPEED, &speed, NULL));
    g_assert_true(fm_profile_take_number(&place, "w", FM_PROFILE_WAIT, &wait, NULL));
    g_assert_true(fm_profile_take_number(&place, "none", FM_PROFILE_FACTOR, &absent, NULL));
    g_assert_true(fm_profile_take_place(&place, "o", &inner, NULL));
    g_assert_true(fm_profile_take_numbers(&place, "o", FM_PROFILE_SPEED, numbers, NULL));
    g_assert_true(fm_profile_take_words(&place, "l", &words, NULL));
    g_assert_true(fm_profile_take_rules(&place, "r", TRUE, rules, NULL));
    g_assert_cmpstr(text, ==, "x");
    g_assert_true(yes);
    g_assert_cmpfloat_with_epsilon(speed, 10, 1e-12);
    g_assert_cmpfloat(wait, ==, 0);
    g_assert_cmpfloat(absent, ==, 7);
    g_assert_cmpstr(inner.path, ==, "speed.o");
    g_assert_cmpfloat_with_epsilon(*(double *)g_hash_table_lookup(numbers, "a"), 20, 1e-12);
    g_assert_cmpstr(words[1], ==, "v");
    g_assert_cmpuint(rules->len, ==, 1);
    g_assert_cmpfloat(((FmTagRule *)rules->pdata[0])->factor, ==, 0.5);
}

static void test_fail(void)
{
    static const char *const known[] = {"n", NULL};
    g_autoptr(JsonParser) parser = json_parser_new();
    g_auto(FmProfilePlace) place = place_of(parser, "{\"n\": -1, \"odd\": 3}");
    g_autoptr(GError) error = NULL;
    double out = 5;
    g_autofree char *text = NULL;
    g_auto(FmProfilePlace) inner = {0};
    g_assert_false(fm_profile_check_keys(&place, known, &error));
    road_assert_error(&error, FM_ERROR_PARSE, "p.json: speed.odd: unknown key; known are n");
    g_assert_false(fm_profile_take_number(&place, "n", FM_PROFILE_SPEED, &out, &error));
    road_assert_error(&error, FM_ERROR_PARSE, "speed.n: must be above 0 and at most 1000");
    g_assert_cmpfloat(out, ==, 5);
    g_assert_false(fm_profile_take_text(&place, "n", &text, &error));
    road_assert_error(&error, FM_ERROR_PARSE, "speed.n: not a string");
    g_assert_false(fm_profile_take_place(&place, "n", &inner, &error));
    road_assert_error(&error, FM_ERROR_PARSE, "speed.n: not an object");
    g_assert_false(fm_profile_fail(&place, NULL, &error, "wrong"));
    road_assert_error(&error, FM_ERROR_PARSE, "p.json: speed: wrong");
}

void test_profile_json(void)
{
    g_test_add_func("/network/profile-json/take", test_take);
    g_test_add_func("/network/profile-json/fail", test_fail);
}
