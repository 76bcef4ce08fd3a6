/* The error domain.  GLib's G_DEFINE_QUARK caches the quark in an unguarded static; workers may
 * raise errors at the same moment, so it is looked up each time (GLib locks), which only errors
 * pay. */
#include <facmap/core.h>

GQuark fm_error_quark(void)
{
    return g_quark_from_static_string("fm-error-quark");
}
