/* A naive Bayes model of text: each candidate encoding cuts the bytes into characters, and each
 * character has the probability of its class, spread evenly over the class.
 *
 * The classes are those that the standards themselves make.  GB 2312 and Big5 both put the
 * characters in daily use into a first level (rows B0-D7, and A4-C6) and the others into a second;
 * real text is made of the first level by some 99 %.  Read in the wrong one of the two, four
 * characters in ten fall outside of it: a few names tell them apart.  What facility lists are full
 * of (schools, hospitals, streets, districts) is a class of its own, and often one word is enough.
 * UTF-8 that is valid by chance (GBK 学校 is also two Cyrillic letters) is told by the letters
 * being ones that nobody writes side by side.
 *
 * Cf. Li and Momoi, "A composite approach to language/encoding detection", 19th International
 * Unicode Conference (2001), who combine the same three kinds of evidence: coding scheme, character
 * distribution, and sequences. */
#include "encoding-model.h"

#include <string.h>

/* Characters that lists of facilities, their addresses and their headings are made of. */
static const char usual_characters[] =
    "的一二三四五六七八九十百千万亿元零〇年月日时分号第"
    "东西南北中上下左右内外前后里间旁侧口角交叉新老旧大小高低长短"
    "省市区县旗镇乡村屯庄街道路巷弄胡同里坊园院苑楼栋座层室单元门大厦广场中心小区社区家"
    "居委会办事处派出所公安局所站点厅部科室馆堂寺庙宫殿塔桥河江湖海湾岛山岭沟坡坪峪沙泉井"
    "学校幼儿园小初高中职业技术实验附属分校完全九年一贯制师范大学研究科外国语艺体育"
    "医院卫生服务站诊所门诊急诊综合专科妇幼保健疾病预防控制中西结合口腔眼骨皮肤肿瘤儿童"
    "养老福利敬老托儿文化图书博物公园绿地体育健身运动活动菜商场超市银行邮政加油充电停车"
    "公交地铁火车站机场线环高速铁国县道名称地址编码序标识类别型等级性质主管单位联系人电话"
    "邮箱箱备注经纬度坐标面积人口户数床位班容量规模建成开设立时间日期状态营业在正常关闭拟"
    "规划计已未是否有无其他不详全部个所处及和与及或为由自来源级甲乙丙公立民办私营集体国有"
    "京津冀沪渝粤浙苏皖鲁豫晋陕甘宁青新藏川贵云桂琼湘鄂赣闽辽吉黑台港澳北海淀朝阳丰石景"
    "通州顺义昌平怀柔密怀房山门头沟延庆兴亦经济开发东城西崇宣武田安定德朝天复建国永和"
    "仁爱民族友谊光明红星华丽清青春金银水木火土花草林森竹松柏杨柳桃李梅兰菊龙凤马牛羊王张"
    "刘陈赵黄周吴徐孙朱胡郭何罗宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "學區縣鎮鄉莊號樓棟層門廈廣場園衛醫診綜專婦兒預職業術驗屬師範國語藝體館聯絡電話郵編碼"
    "類別級質經緯標積規劃計劃設時間狀態營業關閉開啟處與個無東車鐵機線環橋灣島嶺溝長興復華"
    "龍馬張劉陳趙黃吳孫鄭謝韓馮鄧許蔡賈魏葉閻臺灣總務會辦雙層團農業漁港歷圖書動養護療傳"
    "統際際財際稅險證銀養復權舊舍區備註單資訊際網臨時員實習幼稚園國民小學國民中學高級中等"
    "我他你们這这那些个人以到能可对對就说說也而且之于於被把让讓从從着著过過给給更最很但"
    "现現代进進行动動力用作成发發生产產工程理管教育训練练总總共合同意见見问題题方法"
    "数據据统計信息系统統网络資资料查询詢表格单据";

/* log10 of the probability of one character: the class's share of real text over its size. */
static const double double_byte_scores[FM_N_CLASSES] = {
    [FM_CLASS_NONE] = -12,    [FM_CLASS_USUAL] = -2.9, [FM_CLASS_FIRST] = -4.1,
    [FM_CLASS_SECOND] = -5.5, [FM_CLASS_SIGN] = -3.8,  [FM_CLASS_RARE] = -6.5,
    [FM_CLASS_OWN] = -8,
};
#define SCORE_SYMBOL (-4.0)
#define SCORE_HANZI (-4.2)
#define SCORE_SYLLABLE (-3.4)
#define SCORE_UNUSUAL (-6.0)
/* Historic letters and marks: what GBK is read as when it happens to be valid UTF-8. */
#define SCORE_HISTORIC (-7.0)

const char *fm_text_kind_name(FmTextKind kind)
{
    static const char *const names[] = {
        [FM_TEXT_UTF8] = "UTF-8",
        [FM_TEXT_GB18030] = "GB18030",
        [FM_TEXT_BIG5] = "BIG5",
        [FM_TEXT_WESTERN] = "WINDOWS-1252",
    };
    return names[kind];
}

/* ---- the tables ---- */

static FmTextClass gb_class(guint lead, guint trail)
{
    if (lead < 0x81 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF) {
        return FM_CLASS_NONE;
    }
    if (trail < 0xA1) {
        return lead >= 0xA1 && lead <= 0xA7 ? FM_CLASS_OWN : FM_CLASS_RARE;
    }
    if (lead >= 0xB0 && lead <= 0xD7) {
        return FM_CLASS_FIRST;
    }
    if (lead >= 0xD8 && lead <= 0xF7) {
        return FM_CLASS_SECOND;
    }
    if (lead >= 0xAA) {
        return FM_CLASS_OWN;
    }
    return lead == 0xA1 || lead == 0xA3 ? FM_CLASS_SIGN : FM_CLASS_RARE;
}

static FmTextClass big5_class(guint lead, guint trail)
{
    if (lead < 0x81 || lead == 0xFF || trail < 0x40 || (trail > 0x7E && trail < 0xA1) ||
        trail == 0xFF) {
        return FM_CLASS_NONE;
    }
    if (lead >= 0xA1 && lead <= 0xA3) {
        return FM_CLASS_SIGN;
    }
    if ((lead >= 0xA4 && lead <= 0xC5) || (lead == 0xC6 && trail <= 0x7E)) {
        return FM_CLASS_FIRST;
    }
    if (lead >= 0xC9 && lead <= 0xF9) {
        return FM_CLASS_SECOND;
    }
    return FM_CLASS_OWN;
}

/* Marks one character of the list in a table of two-byte codes, when the encoding has it there. */
static void mark_usual(guint8 *table, const char *encoding, const char *character, gsize length)
{
    gsize n = 0;
    g_autofree char *bytes =
        g_convert(character, (gssize)length, encoding, "UTF-8", NULL, &n, NULL);

    if (bytes != NULL && n == 2) {
        table[((guint)(guint8)bytes[0] << 8) | (guint8)bytes[1]] = FM_CLASS_USUAL;
    }
}

FmTextModel *fm_text_model_new(void)
{
    FmTextModel *model = g_new0(FmTextModel, 1);

    for (guint code = 0; code < 0x10000; code++) {
        model->gb[code] = (guint8)gb_class(code >> 8, code & 0xFF);
        model->big5[code] = (guint8)big5_class(code >> 8, code & 0xFF);
    }
    for (const char *c = usual_characters; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        gsize length = (gsize)(g_utf8_next_char(c) - c);
        if (fm_text_model_has_usual(model, character)) {
            continue;
        }
        model->usual[character >> 3] |= (guint8)(1u << (character & 7));
        mark_usual(model->gb, fm_text_kind_name(FM_TEXT_GB18030), c, length);
        mark_usual(model->big5, fm_text_kind_name(FM_TEXT_BIG5), c, length);
    }
    return model;
}

void fm_text_model_free(FmTextModel *model)
{
    g_free(model);
}

double fm_text_class_score(FmTextClass class)
{
    return double_byte_scores[class];
}

/* ---- Unicode ---- */

/* Letters that the world's alphabets use today; others are as good as never in a list. */
gboolean fm_unicode_is_living_letter(gunichar c)
{
    static const struct {
        gunichar first, last;
    } ranges[] = {
        {0x00C0, 0x00D6}, {0x00D8, 0x00F6}, {0x00F8, 0x017F}, /* Latin */
        {0x01A0, 0x01B0}, {0x0218, 0x021B}, {0x0259, 0x0259}, /* Vietnamese, Romanian, Azeri */
        {0x0386, 0x03CE},                                     /* Greek */
        {0x0401, 0x045F}, {0x0490, 0x0493},                   /* Cyrillic */
        {0x0531, 0x0587}, {0x05D0, 0x05EA},                   /* Armenian, Hebrew */
        {0x0621, 0x064A}, {0x066E, 0x06D3},                   /* Arabic, Persian, Urdu, Uyghur */
        {0x1E00, 0x1EFF},                                     /* Latin with two marks */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Of a character that is neither in the list nor a letter. */
static double unicode_score(gunichar c)
{
    if (c >= 0x4E00 && c <= 0x9FFF) {
        return SCORE_HANZI;
    }
    if ((c >= 0x2010 && c <= 0x2026) || c == 0xB7 || (c >= 0x3000 && c <= 0x303F) ||
        (c >= 0xFF01 && c <= 0xFF5E)) {
        return double_byte_scores[FM_CLASS_SIGN];
    }
    if ((c >= 0x3041 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3)) {
        return SCORE_SYLLABLE;
    }
    if (c >= 0xA0 && c <= 0xBF) {
        return SCORE_SYMBOL;
    }
    return c < 0x800 ? SCORE_HISTORIC : SCORE_UNUSUAL;
}

gboolean fm_text_model_has_usual(const FmTextModel *model, gunichar c)
{
    return c < 0x10000 && (model->usual[c >> 3] & 1u << (c & 7)) != 0;
}

double fm_text_model_score(const FmTextModel *model, gunichar c)
{
    return fm_text_model_has_usual(model, c) ? double_byte_scores[FM_CLASS_USUAL]
                                             : unicode_score(c);
}
