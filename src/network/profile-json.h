/** @file profile-json.h
 *  Values of a travel profile's JSON, each checked, each error with its place ("bike.json:
 *  speed.by_class.primary: must be above 0 and at most 1000").  All take_ functions return FALSE
 *  with FM_ERROR_PARSE, and leave `out` as it is where the key is absent. */
#ifndef FM_NETWORK_PROFILE_JSON_H
#define FM_NETWORK_PROFILE_JSON_H

#include "network-internal.h"

#include <json-glib/json-glib.h>

#define FM_PROFILE_MAX_KMH 1000.0
#define FM_PROFILE_MAX_WAIT_S 3600.0

/** An object and where it is. */
typedef struct {
    JsonObject *object; /**< borrowed from the parser; NULL where the key is absent */
    const char *file;
    char *path; /**< "speed.by_class", "" for the document */
} FmProfilePlace;

void fm_profile_place_clear(FmProfilePlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmProfilePlace, fm_profile_place_clear)

/** @param key may be NULL: the object itself  @return FALSE */
gboolean fm_profile_fail(const FmProfilePlace *place, const char *key, GError **error,
                         const char *what);
/** Every key is one of the known ones. */
gboolean fm_profile_check_keys(const FmProfilePlace *place, const char *const *known,
                               GError **error);

/** A number in 0 … high, times `unit`; 0 itself only where `zero` is allowed. */
typedef struct {
    double unit, high;
    gboolean zero;
} FmProfileRange;

static const FmProfileRange FM_PROFILE_SPEED = {FM_KMH, FM_PROFILE_MAX_KMH, FALSE};
static const FmProfileRange FM_PROFILE_FACTOR = {1, 100, FALSE};
static const FmProfileRange FM_PROFILE_WAIT = {1, FM_PROFILE_MAX_WAIT_S, TRUE};

gboolean fm_profile_take_text(const FmProfilePlace *place, const char *key, char **out,
                              GError **error);
gboolean fm_profile_take_boolean(const FmProfilePlace *place, const char *key, gboolean *out,
                                 GError **error);
gboolean fm_profile_take_number(const FmProfilePlace *place, const char *key, FmProfileRange range,
                                double *out, GError **error);
/** @param out to be cleared; its object is NULL where the key is absent */
gboolean fm_profile_take_place(const FmProfilePlace *place, const char *key, FmProfilePlace *out,
                               GError **error);
/** {name: number, …}.  @param out name → double* */
gboolean fm_profile_take_numbers(const FmProfilePlace *place, const char *key, FmProfileRange range,
                                 GHashTable *out, GError **error);
gboolean fm_profile_take_words(const FmProfilePlace *place, const char *key, char ***out,
                               GError **error);
/** [{tag, values, factor}, …].  @param out FmTagRule* */
gboolean fm_profile_take_rules(const FmProfilePlace *place, const char *key, gboolean with_factor,
                               GPtrArray *out, GError **error);
void fm_profile_rule_free(gpointer rule);

#endif
