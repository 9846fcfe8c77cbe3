/* A disk that misbehaves for one file name: writes or syncs fail, or take their time. What it does is read from the file named
   by FAULTY_DISK_CONTROL at every call ("eio-write", "eio-sync", "slow-sync"; missing or empty: nothing), for files whose path
   contains FAULTY_DISK_MATCH. Built by faultyDisk.ts, loaded before the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int wanted(int fd, const char *fault) {
  const char *control = getenv("FAULTY_DISK_CONTROL");
  const char *match = getenv("FAULTY_DISK_MATCH");
  char link[64], path[4096], text[32];
  if (!control || !match) return 0;
  int descriptor = syscall(SYS_openat, AT_FDCWD, control, O_RDONLY);
  if (descriptor < 0) return 0;
  long bytes = syscall(SYS_read, descriptor, text, sizeof text - 1);
  syscall(SYS_close, descriptor);
  if (bytes <= 0) return 0;
  text[bytes] = 0;
  if (strcmp(text, fault) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strstr(path, match) != NULL;
}

static int sync_with(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  if (wanted(fd, "eio-sync")) {
    errno = EIO;
    return -1;
  }
  if (wanted(fd, "slow-sync")) usleep(200 * 1000);
  return real(fd);
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }

static ssize_t write_with(const char *name, int fd, const void *bytes, size_t count, off_t offset) {
  ssize_t (*real)(int, const void *, size_t, off_t) = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, name);
  if (wanted(fd, "eio-write")) {
    errno = EIO;
    return -1;
  }
  return real(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return write_with("pwrite", fd, bytes, count, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return write_with("pwrite64", fd, bytes, count, offset); }
