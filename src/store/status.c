/* Which facilities count: those that are open, or were open on a day. */
#include "store-internal.h"

gboolean fm_status_rule_init(FmStatusRule *rule, const FmFilter *filter, GError **error)
{
    *rule = (FmStatusRule){
        .has_as_of = filter->as_of != NULL,
        .include_planned = filter->include_planned,
    };
    return filter->as_of == NULL ||
           fm_date_parse(filter->as_of, FM_DATE_LAST_DAY, &rule->day, error);
}

static gboolean is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* The day of a date that is given; *given says whether it is. */
static gboolean parse_day(const char *text, const char *column, FmDateRounding rounding,
                          gboolean *given, gint64 *day, GError **error)
{
    *given = is_given(text);
    if (*given && !fm_date_parse(text, rounding, day, error)) {
        g_prefix_error(error, "column '%s': ", column);
        return FALSE;
    }
    return TRUE;
}

gboolean fm_status_rule_accepts(const FmStatusRule *rule, const char *status, const char *opens,
                                const char *closes, gboolean *accepts, GError **error)
{
    gboolean open = !is_given(status) || g_str_equal(status, "open");
    gboolean closed = !open && g_str_equal(status, "closed");
    gboolean coming =
        !open && (g_str_equal(status, "construction") || g_str_equal(status, "planned"));
    gboolean has_opens = FALSE, has_closes = FALSE;
    gint64 opens_day = 0, closes_day = 0;

    if (coming && rule->include_planned) {
        *accepts = TRUE;
        return TRUE;
    }
    if (!rule->has_as_of) {
        *accepts = open;
        return TRUE;
    }
    if (!parse_day(opens, "opens", FM_DATE_FIRST_DAY, &has_opens, &opens_day, error) ||
        !parse_day(closes, "closes", FM_DATE_LAST_DAY, &has_closes, &closes_day, error)) {
        return FALSE;
    }
    gboolean has_opened = has_opens ? opens_day <= rule->day : open || closed;
    /* Closed, but nobody knows when: it cannot be said to have been open on that day. */
    gboolean has_closed = has_closes ? closes_day <= rule->day : closed;
    *accepts = has_opened && !has_closed;
    return TRUE;
}
