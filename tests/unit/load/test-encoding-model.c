#include "encoding-model.h"

#include "fm-unit.h"

/* 学 is in daily use; 啊 is of GB 2312's first level and 齄 of its second; what came with GBK is
 * rare. */
static void classes(void)
{
    g_autoptr(FmTextModel) model = fm_text_model_new();

    g_assert_cmpint(model->gb[0xD1A7], ==, FM_CLASS_USUAL);
    g_assert_cmpint(model->big5[0xBEC7], ==, FM_CLASS_USUAL); /* 學 */
    g_assert_cmpint(model->gb[0xB0A1], ==, FM_CLASS_FIRST);   /* 啊 */
    g_assert_cmpint(model->gb[0xF7FE], ==, FM_CLASS_SECOND);
    g_assert_cmpint(model->gb[0x8140], ==, FM_CLASS_RARE);
    g_assert_cmpint(model->gb[0xA3AC], ==, FM_CLASS_SIGN); /* ， */
    g_assert_cmpint(model->gb[0xAAA1], ==, FM_CLASS_OWN);
    g_assert_cmpint(model->gb[0xD17F], ==, FM_CLASS_NONE);
    g_assert_cmpint(model->big5[0xA480], ==, FM_CLASS_NONE);
    for (guint i = FM_CLASS_USUAL; i < FM_CLASS_SECOND; i++) {
        g_assert_cmpfloat(fm_text_class_score(i), >, fm_text_class_score(i + 1));
    }
}

static void characters(void)
{
    g_autoptr(FmTextModel) model = fm_text_model_new();

    g_assert_true(fm_text_model_has_usual(model, 0x5B66));   /* 学 */
    g_assert_false(fm_text_model_has_usual(model, 0x9F0D));  /* 鼍 */
    g_assert_false(fm_text_model_has_usual(model, 0x1F3EB)); /* beyond the basic plane */
    g_assert_cmpfloat(fm_text_model_score(model, 0x5B66), >, fm_text_model_score(model, 0x9F0D));
    g_assert_cmpfloat(fm_text_model_score(model, 0x9F0D), >, fm_text_model_score(model, 0x2EE5));
    g_assert_true(fm_unicode_is_living_letter(0xE9));
    g_assert_true(fm_unicode_is_living_letter(0x0448));  /* ш */
    g_assert_false(fm_unicode_is_living_letter(0x0460)); /* Ѡ, historic */
    g_assert_false(fm_unicode_is_living_letter(0x5B66));
}

static void names(void)
{
    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        g_autofree char *text =
            g_convert("a", 1, "UTF-8", fm_text_kind_name(kind), NULL, NULL, NULL);
        g_assert_cmpstr(text, ==, "a");
    }
}

void test_encoding_model(void)
{
    g_test_add_func("/load/encoding-model/classes", classes);
    g_test_add_func("/load/encoding-model/characters", characters);
    g_test_add_func("/load/encoding-model/names", names);
}
