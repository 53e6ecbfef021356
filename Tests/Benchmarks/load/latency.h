// A histogram of latencies. It has 32 buckets for each power of two, so no value is wrong by more
// than 3 %.
#ifndef LATENCY_H
#define LATENCY_H

#include <stdint.h>

enum { LATENCY_BUCKETS = 64 * 32 };

struct latency {
    uint64_t counts[LATENCY_BUCKETS];
};

static inline void latency_add(struct latency *latency, uint64_t nanoseconds) {
    unsigned power = 63 - (unsigned)__builtin_clzll(nanoseconds | 32);
    unsigned step = (unsigned)(nanoseconds >> (power - 5)) & 31;
    latency->counts[power * 32 + step] += 1;
}

// The value below which `share` of all latencies lie, in microseconds; 0 if there are none.
static inline double latency_at(const struct latency *latency, double share) {
    uint64_t total = 0, seen = 0;
    for (unsigned i = 0; i < LATENCY_BUCKETS; i++) total += latency->counts[i];
    for (unsigned i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latency->counts[i];
        if (seen > 0 && (double)seen >= share * (double)total) {
            return (double)((uint64_t)(32 + i % 32) << (i / 32 - 5)) / 1000;
        }
    }
    return 0;
}

#endif
