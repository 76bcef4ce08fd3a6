/* SHA-256 by OpenSSL's libcrypto, which GDAL brings along.  GLib's own is portable C, and six times
 * slower where the processor has instructions for it: a bulk load hashes its file and its rows.
 *
 * The functions are those of OpenSSL 1.1, which 3 still has: EVP would load OpenSSL's configuration
 * and providers for one algorithm, 2 MB of them. */
#define OPENSSL_API_COMPAT 0x10100000L

#include <facmap/core.h>
#include <openssl/sha.h>

struct FmSha256 {
    SHA256_CTX context;
};

/* Only a build of OpenSSL without SHA-256 fails. */
static void must(int code)
{
    if (code != 1) {
        g_error("SHA-256: libcrypto failed");
    }
}

FmSha256 *fm_sha256_new(void)
{
    FmSha256 *sha256 = g_new0(FmSha256, 1);

    must(SHA256_Init(&sha256->context));
    return sha256;
}

void fm_sha256_free(FmSha256 *sha256)
{
    g_free(sha256);
}

void fm_sha256_update(FmSha256 *sha256, const void *bytes, gsize n)
{
    must(SHA256_Update(&sha256->context, bytes, n));
}

char *fm_sha256_finish(FmSha256 *sha256)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[SHA256_DIGEST_LENGTH];

    must(SHA256_Final(sum, &sha256->context));
    char *text = g_malloc(2 * sizeof sum + 1);
    for (gsize i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[2 * sizeof sum] = '\0';
    return text;
}
