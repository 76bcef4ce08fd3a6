/** @file wide.h
 *  Loops that are compiled twice: for processors with AVX2, and for any.  Whoever has a wide
 *  variant asks the processor before calling it, and both give the same bits. */
#ifndef FM_WIDE_H
#define FM_WIDE_H

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_WIDE 1
/** Of a function: compiled for AVX2. */
#define WIDE __attribute__((target("avx2")))
#else
#define HAVE_WIDE 0
#endif

/** Of a function whose loops both variants share: compiled as part of each. */
#define LOOPS static inline __attribute__((always_inline))

#endif
