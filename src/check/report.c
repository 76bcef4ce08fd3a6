/* What was found, as a layer to draw and as JSON. */
#include "check-internal.h"

#include <json-glib/json-glib.h>
#include <math.h>

static void layer_check_free(gpointer data)
{
    FmLayerCheck *check = data;
    g_free(check->layer);
    g_free(check->declared);
    g_free(check->why);
    g_clear_pointer(&check->evidence, g_ptr_array_unref);
    g_free(check);
}

FmCheckReport *fm_check_report_new(void)
{
    FmCheckReport *report = g_new0(FmCheckReport, 1);
    report->findings = fm_findings_new();
    report->layers = g_ptr_array_new_with_free_func(layer_check_free);
    return report;
}

void fm_check_report_free(FmCheckReport *report)
{
    if (!report)
        return;
    g_ptr_array_unref(report->findings);
    g_ptr_array_unref(report->layers);
    g_free(report->areas);
    g_free(report->lines);
    g_free(report->parameters);
    g_free(report);
}

/* ---- a layer ---------------------------------------------------------------------------- */

FmTable *fm_check_report_table(const FmCheckReport *report)
{
    static const struct {
        const char *name, *title_en, *title_zh;
    } columns[] = {
        {"kind", "Kind of finding", "问题类型"},
        {"title_en", "Finding", "问题(英文)"},
        {"title_zh", "Finding (Chinese)", "问题"},
        {"severity", "Severity", "严重程度"},
        {"layer", "Layer", "图层"},
        {"feature_id", "Feature", "要素编号"},
        {"other_id", "Other feature", "另一要素编号"},
        {"name", "Name", "名称"},
        {"value", "What was found", "发现的值"},
        {"evidence", "Evidence", "依据"},
        {"advice", "What to do", "建议"},
    };
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++) {
        fm_table_add_column(table, columns[c].name, FM_COLUMN_TEXT);
        fm_table_set_column_title(table, c, columns[c].title_en, columns[c].title_zh, NULL);
    }
    for (guint i = 0; i < report->findings->len; i++) {
        const FmFinding *finding = g_ptr_array_index(report->findings, i);
        const FmCheckInfo *info = fm_check_info(finding->kind);
        const char *cells[] = {
            info->name,        info->title_en,
            info->title_zh,    fm_severity_name(finding->severity),
            finding->layer,    finding->feature_id,
            finding->other_id, finding->name,
            finding->value,    finding->evidence,
            info->advice,
        };
        gsize row = fm_table_append_row(table);
        for (gsize c = 0; c < G_N_ELEMENTS(cells); c++)
            fm_table_set_text(table, c, row, cells[c]);
        if (fm_position_is_set(finding->position))
            fm_table_set_geometry(table, row, fm_geometry_new_point(finding->position));
    }
    return table;
}

/* ---- JSON ------------------------------------------------------------------------------- */

static void add_text(JsonBuilder *json, const char *name, const char *value)
{
    json_builder_set_member_name(json, name);
    if (value)
        json_builder_add_string_value(json, value);
    else
        json_builder_add_null_value(json);
}

static void add_count(JsonBuilder *json, const char *name, gsize value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, (gint64)value);
}

static void add_number(JsonBuilder *json, const char *name, double value)
{
    json_builder_set_member_name(json, name);
    if (isfinite(value))
        json_builder_add_double_value(json, value);
    else
        json_builder_add_null_value(json);
}

static void add_evidence(JsonBuilder *json, const FmEvidence *evidence)
{
    static const char *const kinds[] = {"named_line", "same_name", "stated_area", "nearest",
                                        "pattern"};
    json_builder_begin_object(json);
    add_text(json, "against", evidence->reference);
    add_text(json, "by", kinds[evidence->kind]);
    add_text(json, "column", evidence->column);
    add_count(json, "n", evidence->n);
    json_builder_set_member_name(json, "systems");
    json_builder_begin_array(json);
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        if (!evidence->usable[s])
            continue;
        json_builder_begin_object(json);
        add_text(json, "system", fm_system_name(s));
        add_number(json, "median_m", evidence->median_m[s]);
        add_number(json, "inside_share", evidence->inside[s]);
        if (evidence->kind == FM_EVIDENCE_PATTERN)
            add_number(json, "departure", evidence->departure[s]);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    add_text(json, "best", fm_system_name(evidence->best));
    add_number(json, "p", evidence->p);
    if (evidence->kind == FM_EVIDENCE_PATTERN)
        add_number(json, "chance", evidence->chance);
    json_builder_set_member_name(json, "clear");
    json_builder_add_boolean_value(json, evidence->clear);
    add_text(json, "why", evidence->why);
    json_builder_end_object(json);
}

static void add_layer(JsonBuilder *json, const FmLayerCheck *check)
{
    static const char *const verdicts[] = {"fits", "other", "cannot_tell"};
    json_builder_begin_object(json);
    add_text(json, "layer", check->layer);
    add_count(json, "rows", check->n_rows);
    add_count(json, "located", check->n_located);
    if (check->has_capacity)
        add_count(json, "without_capacity", check->n_without_capacity);
    add_count(json, "findings", check->n_findings);
    add_text(json, "declared_crs", check->declared);
    add_text(json, "loaded_as", fm_system_name(check->loaded_as));
    add_text(json, "verdict", verdicts[check->verdict]);
    add_text(json, "system",
             check->verdict == FM_VERDICT_CANNOT_TELL ? NULL : fm_system_name(check->system));
    add_text(json, "why", check->why);
    json_builder_set_member_name(json, "evidence");
    json_builder_begin_array(json);
    for (guint i = 0; check->evidence && i < check->evidence->len; i++)
        add_evidence(json, g_ptr_array_index(check->evidence, i));
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void add_finding(JsonBuilder *json, const FmFinding *finding)
{
    json_builder_begin_object(json);
    add_text(json, "kind", fm_check_info(finding->kind)->name);
    add_text(json, "severity", fm_severity_name(finding->severity));
    add_text(json, "layer", finding->layer);
    add_text(json, "feature_id", finding->feature_id);
    add_text(json, "other_id", finding->other_id);
    add_text(json, "name", finding->name);
    add_text(json, "value", finding->value);
    add_text(json, "evidence", finding->evidence);
    json_builder_end_object(json);
}

static char *finish(JsonBuilder *json)
{
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    return json_to_string(root, FALSE);
}

char *fm_check_report_json(const FmCheckReport *report)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    add_text(json, "areas", report->areas);
    add_text(json, "lines", report->lines);
    json_builder_set_member_name(json, "layers");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->layers->len; i++)
        add_layer(json, g_ptr_array_index(report->layers, i));
    json_builder_end_array(json);
    json_builder_set_member_name(json, "findings");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->findings->len; i++)
        add_finding(json, g_ptr_array_index(report->findings, i));
    json_builder_end_array(json);
    json_builder_end_object(json);
    return finish(json);
}

char *fm_check_parameters(const FmCheckOptions *options, const FmCheckReport *report)
{
    FmCheckThresholds limits = fm_check_defaults(&options->thresholds);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "layers");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *check = g_ptr_array_index(report->layers, i);
        json_builder_add_string_value(json, check->layer);
    }
    json_builder_end_array(json);
    add_text(json, "against", options->against);
    add_text(json, "areas", report->areas);
    add_text(json, "lines", report->lines);
    add_number(json, "duplicate_m", limits.duplicate_m);
    add_number(json, "similarity", limits.similarity);
    add_number(json, "shared_m", limits.shared_m);
    add_count(json, "shared_min", limits.shared_min);
    add_number(json, "stated_m", limits.stated_m);
    add_text(json, "date", limits.date);
    json_builder_end_object(json);
    return finish(json);
}
