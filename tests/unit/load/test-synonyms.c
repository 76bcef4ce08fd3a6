#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void headings(void)
{
    static const struct {
        const char *heading, *field;
        FmMatch match;
    } cases[] = {
        {"capacity", "capacity", FM_MATCH_OWN_NAME},
        {"Capacity", "capacity", FM_MATCH_OWN_NAME},
        {"床位数", "capacity", FM_MATCH_SYNONYM},
        {"床位数（张）", "capacity", FM_MATCH_QUALIFIED},
        {"床 位 数", "capacity", FM_MATCH_SYNONYM},
        {"*学校名称:", "name", FM_MATCH_SYNONYM},
        {"醫院名稱", "name", FM_MATCH_SYNONYM},
        {"Ｎａｍｅ", "name", FM_MATCH_OWN_NAME},
        {"名称（英文）", "name_en", FM_MATCH_SYNONYM},
        {"英文名称", "name_en", FM_MATCH_SYNONYM},
        {"Name-EN", "name_en", FM_MATCH_OWN_NAME},
        {"經度", "lon", FM_MATCH_SYNONYM},
        {"经度（°）", "lon", FM_MATCH_SYNONYM},
        {"经度（度）", "lon", FM_MATCH_QUALIFIED},
        {"lon_gcj02", "lon", FM_MATCH_QUALIFIED},
        {"longitude_wgs84_deg", "lon", FM_MATCH_QUALIFIED},
        {"X坐标", "x", FM_MATCH_SYNONYM},
        {"地址", "address", FM_MATCH_SYNONYM},
        {"行政区", "district", FM_MATCH_SYNONYM},
        {"所在區", "district", FM_MATCH_SYNONYM},
        {"医院等级", "level", FM_MATCH_SYNONYM},
        {"开业时间", "opens", FM_MATCH_SYNONYM},
        {"编 号", "id", FM_MATCH_SYNONYM},
        /* A qualifier makes a name of no position another name. */
        {"name_wgs84", NULL, FM_MATCH_QUALIFIED},
        {"行政区代码", NULL, FM_MATCH_QUALIFIED},
        {"电话", NULL, FM_MATCH_QUALIFIED},
        {"（张）", NULL, FM_MATCH_QUALIFIED},
        {"", NULL, FM_MATCH_QUALIFIED},
        {"wgs84", NULL, FM_MATCH_QUALIFIED},
    };
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmMatch match;
        g_assert_cmpstr(fm_synonyms_field(synonyms, cases[i].heading, &match), ==, cases[i].field);
        g_assert_cmpint(match, ==, cases[i].match);
    }
}

static void status_words(void)
{
    static const char *const cases[][2] = {
        {"open", "open"},
        {"OPEN", "open"},
        {"开业", "open"},
        {"在营", "open"},
        {"正常营业", "open"},
        {"運營", "open"},
        {"在建", "construction"},
        {"施工", "construction"},
        {"建设中", "construction"},
        {"规划", "planned"},
        {"擬建", "planned"},
        {"筹建（二期）", "planned"},
        {"关闭", "closed"},
        {"停业", "closed"},
        {"撤銷", "closed"},
        {"Under-construction", "construction"},
        {"有效", NULL},
        {"", NULL},
    };
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(fm_synonyms_status(synonyms, cases[i][0]), ==, cases[i][1]);
    }
}

static gboolean parse(FmSynonyms *synonyms, const char *text, GError **error)
{
    return fm_synonyms_parse(synonyms, text, strlen(text), "own.json", error);
}

static void a_users_words_win(void)
{
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    g_autoptr(GError) error = NULL;
    FmMatch match;

    g_assert_true(parse(synonyms,
                        "{\"facmap\":\"synonyms\",\"version\":1,"
                        "\"fields\":{\"capacity\":[\"规模\"],\"phone\":[\"电话\"],"
                        "\"category\":[\"等级\"]},\"status\":{\"open\":[\"有效\"]}}",
                        &error));
    g_assert_no_error(error);
    g_assert_cmpstr(fm_synonyms_field(synonyms, "规模", &match), ==, "capacity");
    g_assert_cmpstr(fm_synonyms_field(synonyms, "电话", &match), ==, "phone");
    g_assert_cmpstr(fm_synonyms_field(synonyms, "等级", &match), ==, "category");
    g_assert_cmpstr(fm_synonyms_field(synonyms, "床位", &match), ==, "capacity");
    g_assert_cmpstr(fm_synonyms_status(synonyms, "有效"), ==, "open");
}

static void words_for_nothing(void)
{
    g_autoptr(FmSynonyms) own = fm_synonyms_new();
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_ref(own);

    g_assert_true(fm_synonyms_is_nothing(synonyms, "暂无数据"));
    g_assert_true(fm_synonyms_is_nothing(synonyms, "N/A"));
    g_assert_true(fm_synonyms_is_nothing(synonyms, " — "));
    g_assert_false(fm_synonyms_is_nothing(synonyms, "0"));
    g_assert_false(fm_synonyms_is_nothing(synonyms, "无等级"));
}

static void wrong_files(void)
{
#define HEAD "{\"facmap\":\"synonyms\",\"version\":1,"
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"[]", "not a JSON object"},
        {"{\"facmap\":\"dataset\",\"version\":1}", "must be \"synonyms\""},
        {"{\"facmap\":\"synonyms\",\"version\":2}", "must be 1"},
        {HEAD "\"colour\":1}", "colour: unknown key"},
        {HEAD "\"fields\":{\"id\":\"x\"}}", "fields.id"},
        {HEAD "\"fields\":{\"id\":[1]}}", "fields.id: element 0 is not a text"},
        {HEAD "\"fields\":{\"id\":[\"?\"]}}", "holds no letter or digit"},
        {HEAD "\"fields\":{\"id\":[\"号\"],\"name\":[\"号\"]}}", "'号' also stands under id"},
        {HEAD "\"status\":{\"ruined\":[\"废墟\"]}}", "status.ruined: no status; known are open"},
        {HEAD "\"variants\":\"学學医\"}", "odd number"},
        {HEAD "\"qualifiers\":[\"-\"]}", "holds no letter or digit"},
    };
#undef HEAD

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
        g_autoptr(GError) error = NULL;
        g_assert_false(parse(synonyms, cases[i].text, &error));
        assert_error(error, FM_ERROR_PARSE, cases[i].words);
    }
}

static void files(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(FmSynonyms) synonyms = fm_synonyms_new();
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);

    g_assert_false(fm_synonyms_read(synonyms, fixture_path(&fixture, "absent.json"), &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "no such file");
    g_clear_error(&error);
    g_assert_false(fm_synonyms_read(synonyms, fixture.folder, &error));
    assert_error(error, FM_ERROR_IO, "cannot be read");
    g_clear_error(&error);
    const char *path = fixture_write(&fixture, "own.json",
                                     "{\"facmap\":\"synonyms\",\"version\":1,"
                                     "\"fields\":{\"id\":[\"序列\"]}}");
    g_assert_true(fm_synonyms_read(synonyms, path, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(fm_synonyms_files(synonyms)->len, ==, 1);
    g_assert_true(fm_synonyms_same(synonyms, "序 列", "（序列）"));
    g_assert_false(fm_synonyms_same(synonyms, "", "·"));
}

void test_synonyms(void)
{
    g_test_add_func("/load/synonyms/headings", headings);
    g_test_add_func("/load/synonyms/status", status_words);
    g_test_add_func("/load/synonyms/user", a_users_words_win);
    g_test_add_func("/load/synonyms/nothing", words_for_nothing);
    g_test_add_func("/load/synonyms/wrong", wrong_files);
    g_test_add_func("/load/synonyms/files", files);
}
