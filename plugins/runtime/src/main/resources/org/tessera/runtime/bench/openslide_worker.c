// The process of OpenSlide: see SlideTilesWorker, which it answers like. It makes the same tissue
// mask as TissueMask does, and gets the list of the tiles.
#include <openslide/openslide.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BINS 256
#define BAND 64
#define SMALL_HOLE 16
#define SPECK 3
#define LEAST_CLEANED 64
#define EACH 97

typedef struct {
  char path[4096], list[4096];
  double mask_downsample;
} Slide;

typedef struct {
  double x, y;
  int64_t width, height, ratio;
  int level;
} Tile;

typedef struct {
  openslide_t *slide;
  const Tile *tiles;
  uint64_t *sums;
  char **samples;
  double downsample, step_x, step_y;
  int level, width, height;
  int64_t level_width, level_height, level0_width, level0_height;
  float *overview;
} Work;

typedef int (*Step)(Work *work, int number);

typedef struct {
  Work *work;
  Step step;
  int tasks;
  atomic_int next, failed;
} Job;

static void *serve(void *argument) {
  Job *job = argument;
  for (int at = job->next++; at < job->tasks && !job->failed; at = job->next++)
    if (!job->step(job->work, at)) job->failed = 1;
  return NULL;
}

static int parallel(int threads, int tasks, Work *work, Step step) {
  Job job = {.work = work, .step = step, .tasks = tasks};
  pthread_t ids[256];
  if (threads > 256) threads = 256;
  for (int i = 1; i < threads; i++) pthread_create(&ids[i], NULL, serve, &job);
  serve(&job);
  for (int i = 1; i < threads; i++) pthread_join(ids[i], NULL);
  return !job.failed;
}

// Premultiplied ARGB laid on white.
static inline int on_white(uint32_t pixel, int shift) {
  int value = (pixel >> shift & 255) + 255 - (pixel >> 24);
  return value > 255 ? 255 : value;
}

static int read_tile(Work *work, int number) {
  Tile tile = work->tiles[number];
  int64_t wide = tile.width * tile.ratio, high = tile.height * tile.ratio;
  uint32_t *pixels = malloc(wide * high * 4);
  openslide_read_region(work->slide, pixels, tile.x, tile.y, tile.level, wide, high);
  if (tile.ratio > 1) {
    int area = tile.ratio * tile.ratio;
    for (int64_t y = 0; y < tile.height; y++)
      for (int64_t x = 0; x < tile.width; x++) {
        int red = 0, green = 0, blue = 0;
        for (int64_t v = 0; v < tile.ratio; v++)
          for (int64_t h = 0; h < tile.ratio; h++) {
            uint32_t pixel = pixels[(y * tile.ratio + v) * wide + x * tile.ratio + h];
            red += on_white(pixel, 16);
            green += on_white(pixel, 8);
            blue += on_white(pixel, 0);
          }
        pixels[y * tile.width + x] = 0xFF000000u | (red + area / 2) / area << 16 |
                                     (green + area / 2) / area << 8 | (blue + area / 2) / area;
      }
  }
  if (work->sums) {
    uint64_t sum = 0xcbf29ce484222325u;
    int64_t values = tile.width * tile.height * 3;
    char *samples = work->samples[number] = calloc(values / EACH * 2 + 4, 1);
    for (int64_t i = 0; i < values; i++) {
      int value = on_white(pixels[i / 3], 16 - i % 3 * 8);
      sum = (sum ^ value) * 0x100000001b3u;
      if (i % EACH == 0) sprintf(samples + i / EACH * 2, "%02x", value);
    }
    work->sums[number] = sum;
  }
  free(pixels);
  return openslide_get_error(work->slide) == NULL;
}

static double least(double a, double b) { return a < b ? a : b; }

// A band of the overview: each pixel the mean over its rectangle of the level.
static int read_band(Work *work, int band) {
  int first = band * BAND;
  int last = first + BAND < work->height ? first + BAND : work->height;
  int64_t top = first * work->step_y;
  int64_t bottom = least(work->level_height, (int64_t)(last * work->step_y) + 1);
  int64_t rows = bottom - top, columns = work->level_width;
  uint32_t *pixels = malloc(rows * columns * 4);
  double scale = (double)work->level0_height / work->level_height;
  openslide_read_region(work->slide, pixels, 0, (int64_t)(top * scale + 0.5), work->level, columns,
                        rows);
  float *line = malloc(work->width * 3 * sizeof(float));
  double *areas = malloc(work->width * sizeof(double));
  float *target = work->overview + (size_t)first * work->width * 3;
  memset(target, 0, (size_t)(last - first) * work->width * 3 * sizeof(float));
  double *heights = calloc(last - first, sizeof(double));
  for (int64_t row = 0; row < rows; row++) {
    memset(line, 0, work->width * 3 * sizeof(float));
    for (int i = 0; i < work->width; i++) {
      double low = i * work->step_x, high = least(columns, (i + 1) * work->step_x);
      areas[i] = high - low;
      for (int64_t x = low; x < high; x++) {
        float share = least(high, x + 1) - (x > low ? x : low);
        uint32_t pixel = pixels[row * columns + x];
        for (int c = 0; c < 3; c++) line[i * 3 + c] += share * on_white(pixel, 16 - 8 * c);
      }
    }
    for (int j = (int)((top + row) / work->step_y); j < last; j++) {
      double low = j * work->step_y, high = least(work->level_height, (j + 1) * work->step_y);
      if (low >= top + row + 1) break;
      if (j < first) continue;
      float share = least(high, top + row + 1) - (top + row > low ? top + row : low);
      if (share <= 0) continue;
      heights[j - first] += share;
      for (int i = 0; i < work->width * 3; i++)
        target[(size_t)(j - first) * work->width * 3 + i] += share * line[i];
    }
  }
  for (int j = 0; j < last - first; j++)
    for (int i = 0; i < work->width * 3; i++)
      target[(size_t)j * work->width * 3 + i] /= heights[j] * areas[i / 3] * 255;
  free(heights);
  free(areas);
  free(line);
  free(pixels);
  return openslide_get_error(work->slide) == NULL;
}

static double otsu(const float *samples, int count) {
  long histogram[BINS] = {0};
  for (int i = 0; i < count; i++) {
    float r = samples[3 * i], g = samples[3 * i + 1], b = samples[3 * i + 2];
    float most = r > g ? r > b ? r : b : g > b ? g : b;
    float low = r < g ? r < b ? r : b : g < b ? g : b;
    int bin = (most - low) * BINS;
    if (most > 0.1f) histogram[bin < 0 ? 0 : bin > BINS - 1 ? BINS - 1 : bin]++;
  }
  double all = 0, mass = 0, below = 0, mass_below = 0, best = -1;
  int threshold = 0;
  for (int i = 0; i < BINS; i++) all += histogram[i], mass += (double)i * histogram[i];
  for (int i = 0; i < BINS - 1; i++) {
    below += histogram[i];
    mass_below += (double)i * histogram[i];
    double above = all - below;
    if (below <= 0 || above <= 0) continue;
    double apart = mass_below / below - (mass - mass_below) / above;
    if (below * above * apart * apart > best) best = below * above * apart * apart, threshold = i;
  }
  double chroma = (threshold + 1.0) / BINS;
  return chroma < 0.03 ? 0.03 : chroma > 0.12 ? 0.12 : chroma;
}

// Turns connected parts of one kind that have few pixels, and touch no edge, around.
static void flip(char *tissue, int width, int height, char kind, int most) {
  int count = width * height;
  char *seen = calloc(count, 1);
  int *queue = malloc(count * sizeof(int));
  for (int start = 0; start < count; start++) {
    if (seen[start] || tissue[start] != kind) continue;
    int end = 0, edge = 0;
    queue[end++] = start;
    seen[start] = 1;
    for (int next = 0; next < end; next++) {
      int x = queue[next] % width, y = queue[next] / width;
      edge |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
      int around[] = {x > 0 ? queue[next] - 1 : -1, x < width - 1 ? queue[next] + 1 : -1,
                      queue[next] - width, queue[next] + width};
      for (int i = 0; i < 4; i++) {
        int near = around[i];
        if (near < 0 || near >= count || seen[near] || tissue[near] != kind) continue;
        seen[near] = 1;
        queue[end++] = near;
      }
    }
    if (end <= most && !edge)
      for (int i = 0; i < end; i++) tissue[queue[i]] = !kind;
  }
  free(queue);
  free(seen);
}

static int make_mask(openslide_t *slide, double downsample, int threads, int size[2]) {
  Work work = {.slide = slide, .downsample = downsample};
  openslide_get_level0_dimensions(slide, &work.level0_width, &work.level0_height);
  work.level = openslide_get_best_level_for_downsample(slide, downsample * 1.01);
  openslide_get_level_dimensions(slide, work.level, &work.level_width, &work.level_height);
  work.step_x = downsample * work.level_width / work.level0_width;
  work.step_y = downsample * work.level_height / work.level0_height;
  work.width = work.level0_width / downsample;
  if (work.width * downsample < work.level0_width) work.width++;
  work.height = work.level0_height / downsample;
  if (work.height * downsample < work.level0_height) work.height++;
  work.overview = malloc((size_t)work.width * work.height * 3 * sizeof(float));
  int tissue = -1;
  if (parallel(threads, (work.height + BAND - 1) / BAND, &work, read_band)) {
    tissue = 0;
    double chroma = otsu(work.overview, work.width * work.height);
    char *mask = malloc(work.width * work.height);
    for (int i = 0; i < work.width * work.height; i++) {
      float r = work.overview[3 * i], g = work.overview[3 * i + 1], b = work.overview[3 * i + 2];
      float grey = 0.299f * r + 0.587f * g + 0.114f * b;
      float most = r > g ? r > b ? r : b : g > b ? g : b;
      float low = r < g ? r < b ? r : b : g < b ? g : b;
      int cold = g - r > 0.08f || (g > r && (most - low) / most > 0.5f);
      mask[i] = grey <= 0.92f && grey >= 0.1f && most - low > chroma &&
                (most - low) / most < 0.78f && !cold;
    }
    if (work.width >= LEAST_CLEANED && work.height >= LEAST_CLEANED) {
      flip(mask, work.width, work.height, 0, SMALL_HOLE);
      flip(mask, work.width, work.height, 1, SPECK);
    }
    for (int i = 0; i < work.width * work.height; i++) tissue += mask[i];
    free(mask);
  }
  free(work.overview);
  size[0] = work.width;
  size[1] = work.height;
  return tissue;
}

static int read_list(const char *file, Tile **tiles) {
  FILE *in = fopen(file, "r");
  int count = 0, room = 0;
  Tile tile;
  *tiles = NULL;
  while (in && fscanf(in, "%lf %lf %d %ld %ld %ld", &tile.x, &tile.y, &tile.level, &tile.width,
                      &tile.height, &tile.ratio) == 6) {
    if (count == room) *tiles = realloc(*tiles, (room = 2 * room + 64) * sizeof(Tile));
    (*tiles)[count++] = tile;
  }
  if (in) fclose(in);
  return count;
}

// Opens the slide, makes the mask and, if a list of tiles is given, reads them.
static int tissue(const Slide *of, int threads, const Tile *tiles, int count, uint64_t *sums,
                  char **samples, int size[2]) {
  openslide_t *slide = openslide_open(of->path);
  if (!slide) return -1;
  int found = openslide_get_error(slide) ? -1 : make_mask(slide, of->mask_downsample, threads, size);
  Work work = {.slide = slide, .tiles = tiles, .sums = sums, .samples = samples};
  if (found >= 0 && !parallel(threads, count, &work, read_tile)) found = -1;
  openslide_close(slide);
  return found;
}

int main(int argc, char **arguments) {
  static Slide slides[1024];
  int known = 0;
  FILE *in = argc > 2 ? fopen(arguments[1], "r") : NULL;
  while (in && known < 1024 && fscanf(in, "%4095[^\t]\t%4095[^\t]\t%lf\n", slides[known].path,
                                      slides[known].list, &slides[known].mask_downsample) == 3)
    known++;
  printf("ready OpenSlide %s\n", openslide_get_version());
  fflush(stdout);
  char request[16];
  int task;
  while (scanf("%15s %d", request, &task) == 2) {
    const Slide *slide = &slides[task / 4];
    int threads = task % 2 == 0 ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
    int whole = task / 2 % 2 == 1, timed = strcmp(request, "time") == 0, size[2] = {0, 0};
    Tile *tiles = NULL;
    int count = whole ? read_list(slide->list, &tiles) : 0;
    uint64_t *sums = timed ? NULL : calloc(count + 1, sizeof(uint64_t));
    char **samples = calloc(count + 1, sizeof(char *));
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    int found = tissue(slide, threads, tiles, count, sums, samples, size);
    clock_gettime(CLOCK_MONOTONIC, &after);
    if (found >= 0 && timed) {
      printf("%lld", (after.tv_sec - before.tv_sec) * 1000000000ll + after.tv_nsec - before.tv_nsec);
    } else if (found >= 0 && !whole) {
      printf("%d %d %d", size[0], size[1], found);
    } else if (found >= 0) {
      char name[4200];
      snprintf(name, sizeof name, "%s/openslide%d", arguments[2], task);
      FILE *out = fopen(name, "w");
      for (int i = 0; i < count; i++) fprintf(out, "%016lx %s\n", sums[i], samples[i]);
      fclose(out);
      printf("%s", name);
    }
    printf("\n");
    fflush(stdout);
    for (int i = 0; i < count; i++) free(samples[i]);
    free(samples);
    free(sums);
    free(tiles);
  }
  return 0;
}
