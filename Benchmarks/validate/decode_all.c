// Decodes every JPEG that standard input names, one path a line, to RGB with bare libjpeg, and
// prints how long that took and how many went without a word: what measuring pictures is held to.
//
//   cc -O2 decode_all.c -ljpeg -lpthread -o decode_all && ls *.jpg | ./decode_all 2
//
// Each thread keeps its file's and its row's memory from one picture to the next.

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <fcntl.h>
#include <jpeglib.h>
#include <unistd.h>

static char **paths;
static size_t pathCount;
static atomic_size_t nextPath, whole;

typedef struct Memory {
  unsigned char *start;
  size_t capacity;
} Memory;

static unsigned char *grown(Memory *memory, size_t count) {
  if (count > memory->capacity) {
    free(memory->start);
    memory->start = malloc(count);
    memory->capacity = count;
  }
  return memory->start;
}

typedef struct Errors {
  struct jpeg_error_mgr base;
  jmp_buf escape;
} Errors;

static void onError(j_common_ptr engine) { longjmp(((Errors *)engine->err)->escape, 1); }

static void onMessage(j_common_ptr engine, int level) {
  if (level < 0) engine->err->num_warnings++;
}

static int decode(const unsigned char *bytes, size_t count, Memory *row) {
  struct jpeg_decompress_struct engine;
  Errors errors;
  engine.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = onError;
  errors.base.emit_message = onMessage;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&engine);
    return 0;
  }
  jpeg_create_decompress(&engine);
  jpeg_mem_src(&engine, bytes, count);
  jpeg_read_header(&engine, TRUE);
  engine.out_color_space = JCS_RGB;
  jpeg_start_decompress(&engine);
  JSAMPROW target = grown(row, (size_t)engine.output_width * 3);
  while (engine.output_scanline < engine.output_height) jpeg_read_scanlines(&engine, &target, 1);
  jpeg_finish_decompress(&engine);
  jpeg_destroy_decompress(&engine);
  return errors.base.num_warnings == 0;
}

static int decodeFile(const char *path, Memory *file, Memory *row) {
  int descriptor = open(path, O_RDONLY);
  struct stat status;
  if (descriptor < 0) return 0;
  ssize_t count = -1;
  if (fstat(descriptor, &status) == 0) {
    count = read(descriptor, grown(file, (size_t)status.st_size), (size_t)status.st_size);
  }
  close(descriptor);
  return count > 0 && decode(file->start, (size_t)count, row);
}

static void *work(void *unused) {
  Memory file = {0}, row = {0};
  size_t index;
  while ((index = atomic_fetch_add(&nextPath, 1)) < pathCount) {
    atomic_fetch_add(&whole, (size_t)decodeFile(paths[index], &file, &row));
  }
  free(file.start);
  free(row.start);
  return unused;
}

static void readPaths(void) {
  char *line = NULL;
  size_t size = 0, room = 0;
  ssize_t length;
  while ((length = getline(&line, &size, stdin)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (pathCount == room) paths = realloc(paths, (room = room ? room * 2 : 1024) * sizeof *paths);
    paths[pathCount++] = strdup(line);
  }
  free(line);
}

int main(int count, char **arguments) {
  int threads = count > 1 ? atoi(arguments[1]) : 2;
  pthread_t workers[64];
  struct timespec start, end;
  if (threads < 1 || threads > 64) return 2;
  readPaths();
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int i = 0; i < threads; i++) pthread_create(&workers[i], NULL, work, NULL);
  for (int i = 0; i < threads; i++) pthread_join(workers[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%zu of %zu whole\n", (size_t)whole, pathCount);
  printf(
      "inner seconds: %.6f\n",
      (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec));
  return 0;
}
