/* LD_PRELOAD: what a disk can do to the database of one process.
 *
 * Only files named live.db* are touched, except the shared memory, which no disk ever sees.
 *
 * FAULTS_LOG=FILE      records every write, truncation, sync and deletion, and every answer "ack N" or "open N" on standard output, for a replay
 *                      of power cuts. Record: int64 kind, offset, length; int32 length of the name; name; data of a write.
 * FAULTS_FORGET=wal    syncs of the write-ahead log are not recorded: what synchronous=NORMAL does, for a checker that must turn red.
 * FAULTS_FAIL=CALL:N:ERRNO   the N-th call fails; CALL is write or sync. N=0: every call while the files of FAULTS_WHILE, separated by
 *                      colons, all exist.
 * FAULTS_UNDER=DIRECTORY     files elsewhere are not touched.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int log_fd = -1, fail_errno;
static long fail_at = -1, calls;
static char fail_call[16];
static const char *fail_while, *forget, *under;
static ssize_t (*real_write)(int, const void *, size_t);

__attribute__((constructor)) static void start(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    const char *log = getenv("FAULTS_LOG"), *fail = getenv("FAULTS_FAIL");
    if (log) log_fd = open(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    if (fail && sscanf(fail, "%15[a-z]:%ld:%d", fail_call, &fail_at, &fail_errno) != 3) abort();
    fail_while = getenv("FAULTS_WHILE");
    forget = getenv("FAULTS_FORGET");
    under = getenv("FAULTS_UNDER");
}

/* The name of a file that counts, or 0. */
static int named(int fd, char *name) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, name, PATH_MAX - 1);
    if (n < 0) return 0;
    name[n] = 0;
    if (under && strncmp(name, under, strlen(under)) != 0) return 0;
    char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    if (strncmp(base, "live.db", 7) != 0 || strstr(base, "-shm")) return 0;
    memmove(name, base, strlen(base) + 1);
    return 1;
}

static int stands(void) {
    char names[PATH_MAX * 2], *rest = names;
    if (!fail_while || strlen(fail_while) >= sizeof names) return 0;
    strcpy(names, fail_while);
    for (char *name; (name = strsep(&rest, ":"));)
        if (access(name, F_OK) != 0) return 0;
    return 1;
}

static int fails(const char *call) {
    if (fail_at < 0 || strcmp(call, fail_call) != 0) return 0;
    int now = fail_at == 0 ? stands() : __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) == fail_at;
    if (now) errno = fail_errno;
    return now;
}

static void record(char kind, const char *name, int64_t offset, const void *data, int64_t length) {
    if (log_fd < 0) return;
    int64_t head[3] = {kind, offset, length};
    int32_t size = (int32_t)strlen(name);
    char *whole = malloc(sizeof head + sizeof size + size + (data ? length : 0));
    char *end = mempcpy(mempcpy(mempcpy(whole, head, sizeof head), &size, sizeof size), name, size);
    if (data) end = mempcpy(end, data, length);
    if (real_write(log_fd, whole, end - whole) != end - whole) abort();
    free(whole);
}

#define HOOK_WRITE(NAME, OFFSET)                                                   \
    ssize_t NAME(int fd, const void *data, size_t length, OFFSET offset) {         \
        static ssize_t (*real)(int, const void *, size_t, OFFSET);                 \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                 \
        char name[PATH_MAX];                                                       \
        if (!named(fd, name)) return real(fd, data, length, offset);               \
        if (fails("write")) return -1;                                             \
        ssize_t done = real(fd, data, length, offset);                             \
        if (done > 0) record('W', name, offset, data, done);                       \
        return done;                                                               \
    }
HOOK_WRITE(pwrite, off_t)
HOOK_WRITE(pwrite64, off64_t)

#define HOOK_SYNC(NAME)                                                            \
    int NAME(int fd) {                                                             \
        static int (*real)(int);                                                   \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                 \
        char name[PATH_MAX];                                                       \
        if (!named(fd, name)) return real(fd);                                     \
        if (fails("sync")) return -1;                                              \
        int result = real(fd);                                                     \
        if (result == 0 && !(forget && strstr(name, forget))) record('S', name, 0, 0, 0); \
        return result;                                                             \
    }
HOOK_SYNC(fsync)
HOOK_SYNC(fdatasync)

#define HOOK_TRUNCATE(NAME, OFFSET)                                                \
    int NAME(int fd, OFFSET length) {                                              \
        static int (*real)(int, OFFSET);                                           \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                 \
        char name[PATH_MAX];                                                       \
        int result = real(fd, length);                                             \
        if (result == 0 && named(fd, name)) record('T', name, length, 0, 0);       \
        return result;                                                             \
    }
HOOK_TRUNCATE(ftruncate, off_t)
HOOK_TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    int result = real(path);
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    if (result == 0 && strncmp(base, "live.db", 7) == 0 && !strstr(base, "-shm")) record('U', base, 0, 0, 0);
    return result;
}

ssize_t write(int fd, const void *data, size_t length) {
    long acknowledged;
    if (fd == STDOUT_FILENO && length < 64) {
        char line[64] = {0};
        memcpy(line, data, length);
        /* Before it is heard: what is said is promised. */
        if (sscanf(line, "ack %ld", &acknowledged) == 1 || sscanf(line, "open %ld", &acknowledged) == 1) record('A', "ack", acknowledged, 0, 0);
    }
    return real_write(fd, data, length);
}
