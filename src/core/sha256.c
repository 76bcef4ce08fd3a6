/* SHA-256 by OpenSSL's libcrypto, which GDAL brings along.  GLib's own is portable C, and six times
 * slower where the processor has instructions for it: a bulk load hashes its file and its rows. */
#include <facmap/core.h>
#include <openssl/evp.h>

struct FmSha256 {
    EVP_MD_CTX *context;
};

/* It fails without memory only, or in an OpenSSL that was built without SHA-256. */
static void must(int code)
{
    if (code != 1) {
        g_error("SHA-256: libcrypto failed");
    }
}

FmSha256 *fm_sha256_new(void)
{
    FmSha256 *sha256 = g_new0(FmSha256, 1);

    sha256->context = EVP_MD_CTX_new();
    must(sha256->context != NULL && EVP_DigestInit_ex(sha256->context, EVP_sha256(), NULL) == 1);
    return sha256;
}

void fm_sha256_free(FmSha256 *sha256)
{
    if (sha256 != NULL) {
        EVP_MD_CTX_free(sha256->context);
        g_free(sha256);
    }
}

void fm_sha256_update(FmSha256 *sha256, const void *bytes, gsize n)
{
    must(EVP_DigestUpdate(sha256->context, bytes, n));
}

char *fm_sha256_finish(FmSha256 *sha256)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned int n = 0;

    must(EVP_DigestFinal_ex(sha256->context, sum, &n));
    char *text = g_malloc(2 * (gsize)n + 1);
    for (unsigned int i = 0; i < n; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[2 * n] = '\0';
    return text;
}
