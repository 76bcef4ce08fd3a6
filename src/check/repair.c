/* What could have happened to a position that cannot be right: the axes exchanged, the numbers read
 * in a neighbouring zone, or one slip of a digit in one coordinate.  Each slip is undone in turn
 * and the result put to a test; the commonest slips come first.  A coordinate of d digits has about
 * 21 d undoings, so a few hundred tests a position. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* Digits after these move a position by less than a city's block: no far position comes of them. */
enum { DIGITS_TRIED = 7 };

typedef struct {
    FmLonLat position, middle;
    gboolean latitude; /* which coordinate is being tried */
    FmRepairTest test;
    gpointer user;
    FmRepair best;
    double best_m;
} Search;

static void try_position(Search *search, FmRepairKind kind, FmLonLat position, const char *what)
{
    if (!(fabs(position.lat_deg) <= 90 && fabs(position.lon_deg) <= 180) ||
        !search->test(position, search->user))
        return;
    double distance_m = fm_geodesic_distance_m(position, search->middle);
    if (search->best.kind == FM_REPAIR_NONE || distance_m < search->best_m) {
        search->best = (FmRepair){kind, position, what};
        search->best_m = distance_m;
    }
}

static void try_text(Search *search, const char *text, const char *const what[2])
{
    double value = 0;
    if (!fm_parse_double(text, &value))
        return;
    FmLonLat position = search->position;
    if (search->latitude)
        position.lat_deg = value;
    else
        position.lon_deg = value;
    try_position(search, FM_REPAIR_DIGIT, position, what[search->latitude]);
}

typedef void (*Slip)(Search *search, const char *text);

static void undo_shifted_point(Search *search, const char *text)
{
    static const char *const what[] = {"the decimal point of the longitude moved",
                                       "the decimal point of the latitude moved"};
    const char *const factors[] = {"e1", "e-1", "e2", "e-2"};
    for (gsize i = 0; i < G_N_ELEMENTS(factors); i++) {
        g_autofree char *moved = g_strconcat(text, factors[i], NULL);
        try_text(search, moved, what);
    }
}

static void undo_exchanged(Search *search, const char *text)
{
    static const char *const what[] = {"two digits of the longitude exchanged",
                                       "two digits of the latitude exchanged"};
    g_autofree char *changed = g_strdup(text);
    gsize n = MIN(strlen(text), DIGITS_TRIED);
    for (gsize i = 0; i < n; i++) {
        gsize j = i + 1 < n && text[i + 1] == '.' ? i + 2 : i + 1;
        if (!g_ascii_isdigit(text[i]) || !g_ascii_isdigit(text[MIN(j, n)]) || text[i] == text[j])
            continue;
        changed[i] = text[j];
        changed[j] = text[i];
        try_text(search, changed, what);
        changed[i] = text[i];
        changed[j] = text[j];
    }
}

static void undo_doubled(Search *search, const char *text)
{
    static const char *const what[] = {"a digit of the longitude doubled or added",
                                       "a digit of the latitude doubled or added"};
    gsize n = MIN(strlen(text), DIGITS_TRIED);
    for (gsize i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i]))
            continue;
        g_autofree char *start = g_strndup(text, i);
        g_autofree char *changed = g_strconcat(start, text + i + 1, NULL);
        try_text(search, changed, what);
    }
}

static void undo_lost(Search *search, const char *text)
{
    static const char *const what[] = {"a digit of the longitude lost",
                                       "a digit of the latitude lost"};
    gsize n = MIN(strlen(text), DIGITS_TRIED);
    for (gsize i = *text == '-'; i <= n; i++) {
        for (int digit = '0'; digit <= '9'; digit++) {
            g_autofree char *changed = g_strdup_printf("%.*s%c%s", (int)i, text, digit, text + i);
            try_text(search, changed, what);
        }
    }
}

static void undo_wrong(Search *search, const char *text)
{
    static const char *const what[] = {"one digit of the longitude wrong",
                                       "one digit of the latitude wrong"};
    g_autofree char *changed = g_strdup(text);
    gsize n = MIN(strlen(text), DIGITS_TRIED);
    for (gsize i = 0; i < n; i++) {
        for (char digit = '0'; g_ascii_isdigit(text[i]) && digit <= '9'; digit++) {
            changed[i] = digit;
            if (digit != text[i])
                try_text(search, changed, what);
        }
        changed[i] = text[i];
    }
}

static void undo_sign(Search *search, const char *text)
{
    static const char *const what[] = {"the sign of the longitude turned round",
                                       "the sign of the latitude turned round"};
    g_autofree char *changed = *text == '-' ? g_strdup(text + 1) : g_strconcat("-", text, NULL);
    try_text(search, changed, what);
}

static gboolean try_zones(Search *search)
{
    static const struct {
        double step_deg;
        const char *what;
    } zones[] = {
        {3, "3 degrees east: numbers of a 3-degree zone read in the zone to its west"},
        {-3, "3 degrees west: numbers of a 3-degree zone read in the zone to its east"},
        {6, "6 degrees east: numbers of a 6-degree zone read in the zone to its west"},
        {-6, "6 degrees west: numbers of a 6-degree zone read in the zone to its east"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
        FmLonLat moved = {search->position.lon_deg + zones[i].step_deg, search->position.lat_deg};
        try_position(search, FM_REPAIR_ZONE, moved, zones[i].what);
    }
    return search->best.kind != FM_REPAIR_NONE;
}

FmRepair fm_repair_find(FmLonLat position, gboolean zones, FmLonLat middle, FmRepairTest test,
                        gpointer user)
{
    static const Slip slips[] = {undo_sign,    undo_exchanged, undo_shifted_point,
                                 undo_doubled, undo_lost,      undo_wrong};
    Search search = {.position = position, .middle = middle, .test = test, .user = user};
    try_position(&search, FM_REPAIR_SWAP, (FmLonLat){position.lat_deg, position.lon_deg},
                 "longitude and latitude exchanged");
    if (search.best.kind != FM_REPAIR_NONE || (zones && try_zones(&search)))
        return search.best;
    g_autofree char *lon = fm_format_double(position.lon_deg);
    g_autofree char *lat = fm_format_double(position.lat_deg);
    for (gsize i = 0; i < G_N_ELEMENTS(slips) && search.best.kind == FM_REPAIR_NONE; i++) {
        search.latitude = FALSE;
        slips[i](&search, lon);
        search.latitude = TRUE;
        slips[i](&search, lat);
    }
    return search.best;
}
