/* Every mistake in a profile is told with its place; any bytes are safe. */
#include "fm-unit.h"
#include "road-fixture.h"

#define HEAD "{\"facmap_profile\": 1, \"name\": \"x\""
#define SPEED "\"speed\": {\"default_kmh\": 5"

static void test_mistakes(void)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"", "p.json: not a JSON object"},
        {"[]", "not a JSON object"},
        {"{\"facmap_profile\": 1", "p.json: line:column 1:"},
        {"\xff", "p.json: line 1, column 1: not UTF-8"},
        {"{\"name\": 1, \"name\": 2}", "line 1, column 13: the key 'name' stands"},
        {"{} // no", "line 1, column 4: not JSON"},
        {"{}", "facmap_profile: must be 1"},
        {"{\"facmap_profile\": 2}", "facmap_profile: must be 1"},
        {"{\"facmap_profile\": 1, " SPEED "}}", "name: missing"},
        {HEAD "}", "speed: missing"},
        {HEAD ", \"colour\": 1}", "colour: unknown key; known are facmap_profile, name"},
        {HEAD ", \"speed\": 5}", "speed: not an object"},
        {HEAD ", \"speed\": {}}", "speed.default_kmh: missing"},
        {HEAD ", \"speed\": {\"default_kmh\": \"5\"}}", "speed.default_kmh: not a number"},
        {HEAD ", \"speed\": {\"default_kmh\": 0}}", "speed.default_kmh: must be above 0"},
        {HEAD ", \"speed\": {\"default_kmh\": -1}}", "speed.default_kmh: must be above 0"},
        {HEAD ", \"speed\": {\"default_kmh\": 1e9}}", "at most 1000"},
        {HEAD ", " SPEED ", \"by_class\": {\"primary\": 0}}}", "speed.by_class.primary: must be"},
        {HEAD ", " SPEED ", \"maxspeed\": \"loved\"}}",
         "speed.maxspeed: 'loved' is none of ignored, caps, followed"},
        {HEAD ", " SPEED ", \"speed_column\": 1}}", "speed.speed_column: neither true nor false"},
        {HEAD ", " SPEED ", \"min_kmh\": 9, \"max_kmh\": 3}}", "speed.min_kmh: greater than"},
        {HEAD ", " SPEED ", \"factors\": [{\"tag\": \"a\"}]}}",
         "speed.factors[0]: needs a tag and its values"},
        {HEAD ", " SPEED ", \"factors\": [{\"tag\": \"a\", \"values\": [1]}]}}",
         "speed.factors[0].values: not a list of strings"},
        {HEAD ", " SPEED "}, \"access\": {\"tags\": \"foot\"}}", "access.tags: not a list"},
        {HEAD ", " SPEED "}, \"access\": {\"deny\": [{\"tag\": \"a\", \"factor\": 2}]}}",
         "access.deny[0].factor: unknown key; known are tag, values"},
        {HEAD ", " SPEED "}, \"oneway\": {\"ignored\": \"no\"}}", "oneway.ignored: neither"},
        {HEAD ", " SPEED "}, \"turns\": {\"left_s\": -1}}", "turns.left_s: must be at least 0"},
        {HEAD ", " SPEED "}, \"crossing\": {\"by_class\": {\"primary\": true}}}",
         "crossing.by_class.primary: not a number"},
        {HEAD ", " SPEED "}, \"columns\": {\"speed\": \"v\"}}", "columns.speed: unknown key"},
        {HEAD ", " SPEED "}, \"title\": {\"fr\": \"x\"}}", "title.fr: unknown key"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].text);
        g_assert_null(fm_profile_parse(cases[i].text, strlen(cases[i].text), "p.json", &error));
        road_assert_error(&error, FM_ERROR_PARSE, cases[i].part);
    }
}

/* A bracket inside a text closes nothing: so deep that json-glib would end the process. */
static void test_deep(void)
{
    g_autoptr(GString) text = g_string_new("{\"note\": ");
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 100000; i++) {
        g_string_append(text, "[\"]\",");
    }
    g_assert_null(fm_profile_parse(text->str, text->len, "p.json", &error));
    road_assert_error(&error, FM_ERROR_PARSE, "nested deeper than 200 levels");
}

/* Shipped text with a few bytes changed: read or refused, never worse. */
static void test_any_bytes(void)
{
    static const char other[] = "{}[]\",:0-9aZ\\\n\xc3";
    const char *source = g_getenv("FACMAP_SOURCE");
    g_autofree char *path =
        g_build_filename(source != NULL ? source : ".", "geodata/profiles/drive.json", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    gsize length = 0;
    guint n_read = 0;

    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (int i = 0; i < 3000; i++) {
        g_autofree char *changed = g_memdup2(text, length);
        g_autoptr(GError) error = NULL;
        for (int k = 0; k < 2; k++) {
            changed[g_rand_int_range(random, 0, (gint32)length)] =
                other[g_rand_int_range(random, 0, (gint32)sizeof other - 1)];
        }
        g_autoptr(FmProfile) profile = fm_profile_parse(changed, length, "p.json", &error);
        g_assert_true((profile == NULL) == (error != NULL));
        n_read += profile != NULL ? 1 : 0;
    }
    g_assert_cmpuint(n_read, >, 0);
    g_assert_cmpuint(n_read, <, 3000);
}

void test_profile_read(void)
{
    g_test_add_func("/network/profile-read/mistakes", test_mistakes);
    g_test_add_func("/network/profile-read/any-bytes", test_any_bytes);
    g_test_add_func("/network/profile-read/deep", test_deep);
}
