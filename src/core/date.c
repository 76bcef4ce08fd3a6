/* Calendar dates with year, month or day precision, and the time stamp of outputs. */
#include <facmap/core.h>

#include <string.h>

/* The number in text[from … from+n-1], or -1 when one of them is not a digit. */
static int digits_value(const char *text, gsize from, gsize n)
{
    int value = 0;

    for (gsize i = from; i < from + n; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Splits "YYYY[-MM[-DD]]"; a part that is missing becomes 0. */
static gboolean date_split(const char *text, int *year, int *month, int *day)
{
    gsize length = strlen(text);

    if ((length != 4 && length != 7 && length != 10) || (length > 4 && text[4] != '-') ||
        (length > 7 && text[7] != '-')) {
        return FALSE;
    }
    *year = digits_value(text, 0, 4);
    *month = length > 4 ? digits_value(text, 5, 2) : 0;
    *day = length > 7 ? digits_value(text, 8, 2) : 0;
    return *year > 0 && (length == 4 || (*month >= 1 && *month <= 12)) &&
           (length < 10 || *day >= 1);
}

gboolean fm_date_parse(const char *text, FmDateRounding rounding, gint64 *days, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    int year = 0, month = 0, day = 0;
    gboolean valid = date_split(trimmed, &year, &month, &day);

    if (valid) {
        gboolean last = rounding == FM_DATE_LAST_DAY;
        if (month == 0) {
            month = last ? 12 : 1;
        }
        int month_days = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
        if (day == 0) {
            day = last ? month_days : 1;
        }
        valid = day <= month_days;
    }
    if (!valid) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                    "'%s' is not a date; write 2021-09-01, 2021-09 or 2021", text);
        return FALSE;
    }

    GDate date, epoch;
    g_date_clear(&date, 1);
    g_date_clear(&epoch, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    g_date_set_dmy(&epoch, 1, G_DATE_JANUARY, 1970);
    *days = g_date_days_between(&epoch, &date);
    return TRUE;
}

/* SOURCE_DATE_EPOCH as reproducible-builds.org defines it; NULL when it is unset or no time. */
static GDateTime *epoch_from_environment(void)
{
    const char *text = g_getenv("SOURCE_DATE_EPOCH");
    gint64 seconds = 0;

    if (text == NULL || !g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &seconds, NULL)) {
        return NULL;
    }
    return g_date_time_new_from_unix_utc(seconds);
}

char *fm_timestamp_now(void)
{
    g_autoptr(GDateTime) time = epoch_from_environment();

    if (time == NULL) {
        time = g_date_time_new_now_utc();
    }
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}
