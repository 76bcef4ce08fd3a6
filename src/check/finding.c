/* The list of findings and what each kind means. */
#include "check-internal.h"

#include <math.h>

static const FmCheckInfo infos[FM_N_CHECKS] = {
    [FM_CHECK_SYSTEM] = {"coordinate_system", "Wrong coordinate system", "坐标系错误",
                         "load the source again with the --crs that the finding names"},
    [FM_CHECK_NULL_ISLAND] = {"null_island", "Position 0, 0", "坐标为零",
                              "leave the position empty in the source and load again"},
    [FM_CHECK_SWAPPED_AXES] = {"swapped_axes", "Longitude and latitude swapped", "经纬度颠倒",
                               "exchange the two numbers in the source"},
    [FM_CHECK_WRONG_ZONE] = {"wrong_zone", "Wrong projected zone", "投影带错误",
                             "load the source again with the CRS of the neighbouring zone"},
    [FM_CHECK_COORDINATE_TYPO] = {"coordinate_typo", "Mistyped coordinate", "坐标录入错误",
                                  "compare with the original and correct the digit"},
    [FM_CHECK_FAR_OUTSIDE] = {"far_outside", "Far outside", "远离研究范围",
                              "check the position, or leave the row out with --where"},
    [FM_CHECK_OUTSIDE_STATED] = {"outside_stated_area", "Outside the stated area", "不在所注区域内",
                                 "correct the position or the area in the row"},
    [FM_CHECK_DUPLICATE] = {"duplicate", "Likely duplicate", "疑似重复",
                            "keep one of the two rows"},
    [FM_CHECK_SHARED_POSITION] = {"shared_position", "One position for many",
                                  "多个名称共用同一坐标",
                                  "look for the real positions, or state the accuracy"},
    [FM_CHECK_ID_VARIANT] = {"id_variant", "Ids that differ in writing only", "编号仅书写不同",
                             "make the ids equal, or tell them apart"},
    [FM_CHECK_VALUE_RANGE] = {"value_out_of_range", "Value out of range", "数值超出范围",
                              "compare with the original"},
    [FM_CHECK_CAPACITY_MISSING] = {"capacity_missing", "Capacity missing", "缺少容量",
                                   "fill it in: access counts the row as nothing"},
    [FM_CHECK_STATUS_CONTRADICTS] = {"status_contradicts", "Status contradicts dates",
                                     "状态与日期矛盾", "correct the status or the date"},
    [FM_CHECK_NAME_MISSING] = {"name_missing", "Name missing in a language", "缺少一种语言的名称",
                               "fill it in: maps in that language show none"},
};

const FmCheckInfo *fm_check_info(FmCheckKind kind)
{
    g_return_val_if_fail(kind < FM_N_CHECKS, NULL);
    return &infos[kind];
}

const char *fm_severity_name(FmSeverity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

void fm_finding_free(FmFinding *finding)
{
    if (!finding)
        return;
    g_free(finding->layer);
    g_free(finding->feature_id);
    g_free(finding->other_id);
    g_free(finding->name);
    g_free(finding->value);
    g_free(finding->evidence);
    g_free(finding);
}

static void free_element(gpointer finding)
{
    fm_finding_free(finding);
}

GPtrArray *fm_findings_new(void)
{
    return g_ptr_array_new_with_free_func(free_element);
}

FmFinding *fm_finding_add(GPtrArray *findings, FmCheckKind kind, FmSeverity severity,
                          const FmLayer *layer, gsize row, const char *value, const char *format,
                          ...)
{
    FmFinding *finding = g_new0(FmFinding, 1);
    gboolean whole = row == G_MAXSIZE;
    finding->kind = kind;
    finding->severity = severity;
    finding->layer = g_strdup(layer->name);
    finding->feature_id = whole ? NULL : fm_layer_dup_id(layer, row);
    finding->name = whole ? NULL : g_strdup(fm_layer_name_of(layer, row));
    finding->value = g_strdup(value);
    finding->position = whole ? layer->middle : layer->positions[row];
    va_list arguments;
    va_start(arguments, format);
    finding->evidence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(findings, finding);
    return finding;
}
