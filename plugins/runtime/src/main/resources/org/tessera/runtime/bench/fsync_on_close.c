/* Preloaded into a program: files that were opened to be written are on the disk, with their names,
   before fclose returns. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int fclose(FILE *file) {
  static int (*next)(FILE *);
  char link[64], path[4096];
  int number = fileno(file), flags = number >= 0 ? fcntl(number, F_GETFL) : -1;
  if (!next) next = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
  if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) {
    fflush(file);
    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (fsync(number) == 0 && length > 0) {
      path[length] = 0;
      int folder = open(dirname(path), O_RDONLY | O_DIRECTORY);
      if (folder >= 0) {
        fsync(folder);
        close(folder);
      }
    }
  }
  return next(file);
}
