/* The columns that facility layers share: names, titles and types. */
#include "load-internal.h"

static const FmFieldInfo fields[FM_N_FIELDS] = {
    [FM_FIELD_ID] = {"id", "Identifier", "编号", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_NAME_ZH] = {"name_zh", "Name (Chinese)", "中文名称", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_NAME_EN] = {"name_en", "Name (English)", "英文名称", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_CATEGORY] = {"category", "Category", "类别", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_STATUS] = {"status", "Status", "状态", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_OPENS] = {"opens", "Opens", "开放日期", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_CLOSES] = {"closes", "Closes", "关闭日期", NULL, FM_COLUMN_TEXT},
    [FM_FIELD_CAPACITY] = {"capacity", "Capacity (places, beds)", "容量（学位、床位）", NULL,
                           FM_COLUMN_INTEGER},
    [FM_FIELD_POSITION_ACCURACY] = {"position_accuracy_m", "Position accuracy", "位置精度", "m",
                                    FM_COLUMN_REAL},
    [FM_FIELD_SOURCE] = {"source", "Source", "来源", NULL, FM_COLUMN_TEXT},
};

/* Columns that are no fields, but that the shipped synonyms or facmap itself name. */
static const struct {
    const char *name, *title_en, *title_zh;
} others[] = {
    {"address", "Address", "地址"},
    {"level", "Level", "等级"},
    {"district", "District", "行政区"},
    {"position_method", "How the position was found", "定位方式"},
    {"status_source", "Status in the source's words", "来源中的状态"},
};

const FmFieldInfo *fm_field_info(FmField field)
{
    return &fields[field];
}

FmField fm_field_find(const char *name)
{
    for (guint i = 0; i < FM_N_FIELDS; i++) {
        if (g_ascii_strcasecmp(name, fields[i].name) == 0) {
            return (FmField)i;
        }
    }
    return FM_FIELD_NONE;
}

gboolean fm_status_is_known(const char *status)
{
    static const char *const known[] = {"open", "construction", "planned", "closed", NULL};

    return g_strv_contains(known, status);
}

static void set_title(FmTable *table, const char *name, const char *title_en, const char *title_zh)
{
    gsize column = fm_table_find_column(table, name);

    if (column != FM_COLUMN_NONE) {
        FmField field = fm_field_find(name);
        fm_table_set_column_title(table, column, title_en, title_zh,
                                  field != FM_FIELD_NONE ? fields[field].unit : NULL);
    }
}

void fm_field_titles_apply(FmTable *table, const GPtrArray *column_titles)
{
    for (guint i = 0; i < FM_N_FIELDS; i++) {
        set_title(table, fields[i].name, fields[i].title_en, fields[i].title_zh);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        set_title(table, others[i].name, others[i].title_en, others[i].title_zh);
    }
    for (guint i = 0; column_titles != NULL && i < column_titles->len; i++) {
        const FmColumnTitle *title = g_ptr_array_index(column_titles, i);
        set_title(table, title->column, title->title_en, title->title_zh);
    }
}
