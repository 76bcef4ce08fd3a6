/* Travel profiles: where they come from, and what callers may know of them.  The shipped ones are
 * the files of geodata/profiles, compiled in, so that the library needs no file at run time. */
#include "network-internal.h"
#include "profiles-shipped.h"

#include <string.h>

/* A profile is a page of text; a data file that is none is refused early. */
#define MAX_SIZE (1 << 20)

static char *shipped_names(void)
{
    GString *names = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(fm_profiles_shipped); i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", fm_profiles_shipped[i].name);
    }
    return g_string_free(names, FALSE);
}

FmProfile *fm_profile_read(const char *name, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) failure = NULL;
    gsize length = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(fm_profiles_shipped); i++) {
        if (g_str_equal(name, fm_profiles_shipped[i].name)) {
            return fm_profile_parse((const char *)fm_profiles_shipped[i].text,
                                    fm_profiles_shipped[i].length, name, error);
        }
    }
    if (!g_file_get_contents(name, &text, &length, &failure)) {
        gboolean absent = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_autofree char *names = shipped_names();
        if (absent) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                        "travel profile '%s': no such file, and no shipped profile of that name "
                        "(%s)",
                        name, names);
        } else {
            g_set_error(error, FM_ERROR, FM_ERROR_IO, "travel profile: %s", failure->message);
        }
        return NULL;
    }
    if (length > MAX_SIZE) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: too large for a travel profile", name);
        return NULL;
    }
    return fm_profile_parse(text, length, name, error);
}

void fm_profile_free(FmProfile *profile)
{
    if (profile == NULL) {
        return;
    }
    g_free(profile->name);
    g_free(profile->title_en);
    g_free(profile->title_zh);
    g_free(profile->sha256);
    g_hash_table_unref(profile->class_mps);
    g_hash_table_unref(profile->zones_mps);
    g_hash_table_unref(profile->class_crossing_s);
    g_ptr_array_unref(profile->factors);
    g_ptr_array_unref(profile->oneway_exempt);
    g_ptr_array_unref(profile->deny);
    g_strfreev(profile->oneway_classes);
    g_strfreev(profile->access_tags);
    g_strfreev(profile->access_no);
    g_strfreev(profile->access_yes);
    for (gsize i = 0; i < FM_ROAD_N_COLUMNS; i++) {
        g_free(profile->columns[i]);
    }
    g_free(profile);
}

const char *fm_profile_name(const FmProfile *profile)
{
    return profile->name;
}

const char *fm_profile_title_en(const FmProfile *profile)
{
    return profile->title_en != NULL ? profile->title_en : profile->name;
}

const char *fm_profile_title_zh(const FmProfile *profile)
{
    return profile->title_zh != NULL ? profile->title_zh : fm_profile_title_en(profile);
}

const char *fm_profile_sha256(const FmProfile *profile)
{
    return profile->sha256;
}

double fm_profile_access_speed(const FmProfile *profile)
{
    return profile->access_mps;
}
