/* Values that cannot be, or stand far from all others; dates and statuses that exclude each other;
 * names and capacities that are missing where most rows have them. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* A capacity is absurd when it is so many times the median, and so many spreads from it on a
 * logarithmic scale (median absolute deviation, which half of the values cannot move). */
#define ABSURD_TIMES 20.0
#define ABSURD_SPREADS 8.0
enum { LEAST_CAPACITIES = 8 };

/* A value is missed when so many of the rows have one. */
#define CAPACITY_SHARE 0.9
#define NAME_SHARE 0.5

/* No place is older; none is planned for later than so many years ahead. */
enum { FIRST_YEAR = 1000, YEARS_AHEAD = 50, DAYS_A_YEAR = 366 };

/* An accuracy that is worse says nothing. */
#define WORST_ACCURACY_M 100000.0

static gsize find_number(const FmLayer *layer, const char *name)
{
    gsize column = fm_table_find_column(layer->table, name);
    gboolean number =
        column != FM_COLUMN_NONE && fm_table_column_type(layer->table, column) != FM_COLUMN_TEXT;
    return number ? column : FM_COLUMN_NONE;
}

/* ---- capacity --------------------------------------------------------------------------- */

static void report_capacity(const FmLayer *layer, gsize row, double value, const char *why,
                            GPtrArray *findings)
{
    g_autofree char *text = fm_format_double(value);
    fm_finding_add(findings, FM_CHECK_VALUE_RANGE, FM_SEVERITY_WARNING, layer, row, text,
                   "capacity %s %s", text, why);
}

static void check_absurd(const FmLayer *layer, const double *values, const gsize *rows, gsize n,
                         GPtrArray *findings)
{
    if (n < LEAST_CAPACITIES)
        return;
    g_autofree double *logs = g_new(double, n), *spreads = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        logs[i] = log(values[i]);
    double median = fm_check_median(logs, n);
    for (gsize i = 0; i < n; i++)
        spreads[i] = fabs(logs[i] - median);
    double spread = fm_check_median(spreads, n);
    g_autofree char *usual = g_strdup_printf("is far above the median of %.0f", exp(median));
    for (gsize i = 0; i < n; i++)
        if (logs[i] - median > fmax(log(ABSURD_TIMES), ABSURD_SPREADS * spread))
            report_capacity(layer, rows[i], values[i], usual, findings);
}

static void check_capacity(const FmLayer *layer, GPtrArray *findings)
{
    gsize column = find_number(layer, "capacity");
    if (column == FM_COLUMN_NONE)
        return;
    g_autofree double *values = g_new(double, layer->n);
    g_autofree gsize *rows = g_new(gsize, layer->n), *missing = g_new(gsize, layer->n);
    gsize n = 0, n_missing = 0;
    for (gsize row = 0; row < layer->n; row++) {
        double value = fm_table_number(layer->table, column, row);
        if (isnan(value)) {
            missing[n_missing++] = row;
        } else if (value <= 0) {
            report_capacity(layer, row, value, "is not above 0", findings);
        } else {
            rows[n] = row;
            values[n++] = value;
        }
    }
    check_absurd(layer, values, rows, n, findings);
    if ((double)n_missing > (1 - CAPACITY_SHARE) * (double)layer->n)
        return;
    for (gsize i = 0; i < n_missing; i++)
        fm_finding_add(findings, FM_CHECK_CAPACITY_MISSING, FM_SEVERITY_NOTE, layer, missing[i],
                       NULL, "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " rows have one",
                       layer->n - n_missing, layer->n);
}

static void check_accuracy(const FmLayer *layer, GPtrArray *findings)
{
    gsize column = find_number(layer, "position_accuracy_m");
    for (gsize row = 0; column != FM_COLUMN_NONE && row < layer->n; row++) {
        double value_m = fm_table_number(layer->table, column, row);
        if (isnan(value_m) || (value_m >= 0 && value_m <= WORST_ACCURACY_M))
            continue;
        g_autofree char *text = fm_format_double(value_m);
        fm_finding_add(findings, FM_CHECK_VALUE_RANGE, FM_SEVERITY_WARNING, layer, row, text,
                       "position_accuracy_m %s is not between 0 and 100 km", text);
    }
}

/* ---- dates ------------------------------------------------------------------------------ */

typedef struct {
    const FmLayer *layer;
    gsize status, opens, closes;
    gboolean has_today;
    gint64 today; /* days since 1970 */
    const char *date;
} Dates;

/* The text of a date and its day.  @return FALSE when there is none that can be read */
static gboolean read_date(const Dates *dates, gsize column, gsize row, FmDateRounding rounding,
                          char **text, gint64 *days)
{
    *text =
        column == FM_COLUMN_NONE ? NULL : fm_table_dup_as_text(dates->layer->table, column, row);
    return *text && fm_date_parse(*text, rounding, days, NULL);
}

static void check_year(const Dates *dates, gsize column, gsize row, GPtrArray *findings)
{
    g_autofree char *text = NULL;
    gint64 days = 0;
    if (!read_date(dates, column, row, FM_DATE_FIRST_DAY, &text, &days))
        return;
    gint64 year = g_ascii_strtoll(text, NULL, 10);
    gboolean late = dates->has_today && days > dates->today + (gint64)YEARS_AHEAD * DAYS_A_YEAR;
    if (year >= FIRST_YEAR && !late)
        return;
    fm_finding_add(findings, FM_CHECK_VALUE_RANGE, FM_SEVERITY_WARNING, dates->layer, row, text,
                   "%s %s is %s", fm_table_column_name(dates->layer->table, column), text,
                   late ? "more than 50 years ahead" : "before the year 1000");
}

static void contradiction(const Dates *dates, gsize row, const char *value, const char *how,
                          GPtrArray *findings)
{
    fm_finding_add(findings, FM_CHECK_STATUS_CONTRADICTS, FM_SEVERITY_WARNING, dates->layer, row,
                   value, "%s", how);
}

/* What a row says of itself on the day for which statuses are true.  A year alone may be any of its
 * days, so it contradicts only when all of them do. */
static void check_status(const Dates *dates, gsize row, GPtrArray *findings)
{
    g_autofree char *opens = NULL, *closes = NULL, *same = NULL;
    gint64 first = 0, last = 0, end_first = 0, end_last = 0;
    const char *status = fm_layer_text(dates->layer, dates->status, row);
    gboolean has_opens = read_date(dates, dates->opens, row, FM_DATE_LAST_DAY, &opens, &last);
    gboolean has_closes =
        read_date(dates, dates->closes, row, FM_DATE_LAST_DAY, &closes, &end_last);
    if (has_opens)
        has_opens = fm_date_parse(opens, FM_DATE_FIRST_DAY, &first, NULL);
    if (has_closes)
        has_closes = fm_date_parse(closes, FM_DATE_FIRST_DAY, &end_first, NULL);
    if (has_opens && has_closes && end_last < first) {
        same = g_strdup_printf("it closes (%s) before it opens (%s)", closes, opens);
        contradiction(dates, row, closes, same, findings);
        return;
    }
    if (!status || !dates->has_today)
        return;
    gboolean to_come = strcmp(status, "planned") == 0 || strcmp(status, "construction") == 0;
    gboolean is_open = strcmp(status, "open") == 0;
    if (to_come && has_opens && last < dates->today)
        same = g_strdup_printf("it is '%s' on %s, but opened %s", status, dates->date, opens);
    else if (is_open && has_opens && first > dates->today)
        same = g_strdup_printf("it is 'open' on %s, but opens %s", dates->date, opens);
    else if (is_open && has_closes && end_last < dates->today)
        same = g_strdup_printf("it is 'open' on %s, but closed %s", dates->date, closes);
    else if (strcmp(status, "closed") == 0 && has_closes && end_first > dates->today)
        same = g_strdup_printf("it is 'closed' on %s, but closes %s", dates->date, closes);
    if (same)
        contradiction(dates, row, status, same, findings);
}

static void check_dates(const FmLayer *layer, const FmCheckThresholds *limits, GPtrArray *findings)
{
    Dates dates = {
        .layer = layer,
        .status = fm_table_find_column(layer->table, "status"),
        .opens = fm_table_find_column(layer->table, "opens"),
        .closes = fm_table_find_column(layer->table, "closes"),
        .date = limits->date,
    };
    if (dates.status != FM_COLUMN_NONE &&
        fm_table_column_type(layer->table, dates.status) != FM_COLUMN_TEXT)
        dates.status = FM_COLUMN_NONE;
    dates.has_today =
        limits->date && fm_date_parse(limits->date, FM_DATE_LAST_DAY, &dates.today, NULL);
    for (gsize row = 0; row < layer->n; row++) {
        check_year(&dates, dates.opens, row, findings);
        check_year(&dates, dates.closes, row, findings);
        check_status(&dates, row, findings);
    }
}

/* ---- names ------------------------------------------------------------------------------ */

static void check_names(const FmLayer *layer, gsize column, const char *language,
                        GPtrArray *findings)
{
    if (column == FM_COLUMN_NONE)
        return;
    g_autofree gsize *missing = g_new(gsize, layer->n);
    gsize n_missing = 0;
    for (gsize row = 0; row < layer->n; row++) {
        const char *name = fm_table_text(layer->table, column, row);
        if (!name || *name == '\0')
            missing[n_missing++] = row;
    }
    if ((double)(layer->n - n_missing) <= NAME_SHARE * (double)layer->n)
        return;
    for (gsize i = 0; i < n_missing; i++)
        fm_finding_add(findings, FM_CHECK_NAME_MISSING, FM_SEVERITY_NOTE, layer, missing[i], NULL,
                       "no %s name; %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " rows have one",
                       language, layer->n - n_missing, layer->n);
}

void fm_check_values(const FmLayer *layer, const FmCheckThresholds *limits, GPtrArray *findings)
{
    check_capacity(layer, findings);
    check_accuracy(layer, findings);
    check_dates(layer, limits, findings);
    gboolean both = layer->name_zh != FM_COLUMN_NONE && layer->name_en != FM_COLUMN_NONE;
    check_names(layer, both ? layer->name_zh : FM_COLUMN_NONE, "Chinese", findings);
    check_names(layer, both ? layer->name_en : FM_COLUMN_NONE, "English", findings);
}
