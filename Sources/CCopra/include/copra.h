/// copra's C interface, C11.
///
/// Every function that can fail returns a status; `copra_last_error` has the words for what this
/// thread's last failed call met. Nothing that is passed in stops the program, but a pointer must
/// be what its comment says: NULL, or to as many elements as are announced.
///
/// Ownership. A function that makes something stores a handle, which its `…_free` gives back; NULL
/// may be freed. What is passed in is borrowed for the call. What is lent out, as a `copra_array`,
/// stays where it is until its handle is freed.
///
/// Threads. Different handles may be used by different threads at once, and one handle by several for
/// reading. A call works on as many threads as `copra_set_threads` allows, which end before it
/// returns: between calls the library has none, and the process may fork.
#ifndef COPRA_H
#define COPRA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  COPRA_OK = 0,
  /// An argument or what it points to is not what is expected.
  COPRA_BAD_ARGUMENT = 1,
  /// A file cannot be opened or read, or does not hold what is expected.
  COPRA_BAD_FILE = 2,
};

/// Kinds of numbers.
enum {
  COPRA_FLOAT64 = 0,
  COPRA_INT64 = 1,
  COPRA_UINT8 = 2,
  /// Texts in UTF-8, each with a zero byte at its end; their `count` is that of bytes.
  COPRA_TEXTS = 3,
};

/// Numbers of the caller's: the first one, and how many bytes further the next one is.
typedef struct {
  const void *first;
  int64_t stride;
  /// COPRA_FLOAT64 or COPRA_INT64.
  int32_t kind;
} copra_numbers;

/// Elements that are lent out.
typedef struct {
  void *first;
  int64_t count;
  int32_t kind;
} copra_array;

typedef struct copra_dataset copra_dataset;
typedef struct copra_detections copra_detections;
typedef struct copra_evaluation copra_evaluation;
typedef struct copra_details copra_details;
typedef struct copra_masks copra_masks;
typedef struct copra_findings copra_findings;

/// The version, as in "1.2.3". Never freed.
const char *copra_version(void);

/// What was wrong in this thread's last call that failed; an empty text where none did. Stays until
/// this thread's next call that fails.
const char *copra_last_error(void);

/// Sets this thread's error text, which is copied.
void copra_set_last_error(const char *text);

/// On how many threads each call works at most; 0, as at first, is one for each processor.
void copra_set_threads(int32_t count);
int32_t copra_threads(void);

// Datasets

/// Reads a COCO file as the ground truth of evaluations.
int32_t copra_truth_open(const char *path, copra_dataset **dataset);

/// The same for the bytes of such a file.
int32_t copra_truth_parse(const char *json, int64_t length, copra_dataset **dataset);

/// Reads a dataset of any format that copra knows, with all its splits.
int32_t copra_dataset_read(const char *path, copra_dataset **dataset);

void copra_dataset_free(copra_dataset *dataset);

/// Columns of a dataset, one element a record unless said otherwise.
enum {
  COPRA_IMAGE_ID = 0,
  COPRA_IMAGE_WIDTH = 1,
  COPRA_IMAGE_HEIGHT = 2,
  COPRA_IMAGE_FILE_NAME = 3,
  /// The place of the image's split among the splits.
  COPRA_IMAGE_SPLIT = 4,
  COPRA_ANNOTATION_ID = 10,
  COPRA_ANNOTATION_IMAGE_ID = 11,
  /// The place of the annotation's image among the images, -1 where there is none.
  COPRA_ANNOTATION_IMAGE = 12,
  /// -1 for a caption, which has none.
  COPRA_ANNOTATION_CATEGORY_ID = 13,
  /// x, y, width and height of each; NaN where there is no box.
  COPRA_ANNOTATION_BOX = 14,
  /// NaN where the record has none.
  COPRA_ANNOTATION_AREA = 15,
  COPRA_ANNOTATION_CROWD = 16,
  /// 1 where there is an outline or a mask.
  COPRA_ANNOTATION_HAS_MASK = 17,
  COPRA_CATEGORY_ID = 20,
  COPRA_CATEGORY_NAME = 21,
  COPRA_CATEGORY_SUPERCATEGORY = 22,
  /// One element a split; an empty name where there are no splits.
  COPRA_SPLIT_NAME = 30,
  /// One element: 1 where ids are texts, for which numbers stand here.
  COPRA_HAS_TEXT_IDS = 40,
};

/// Lends a column.
int32_t copra_dataset_column(copra_dataset *dataset, int32_t column, copra_array *array);

/// Makes the masks of the annotations at these places, in the size of their images.
int32_t copra_dataset_masks(
    copra_dataset *dataset, const int64_t *annotations, int64_t count, copra_masks **masks);

/// What was found wrong while the dataset was read.
int32_t copra_dataset_findings(copra_dataset *dataset, copra_findings **findings);

// Detections

/// Makes detections of `count` rows; `boxes` point to x, y, width and height of each, one after the
/// other, or are NULL where the detections have none.
int32_t copra_detections_make(
    int64_t count, copra_numbers image_ids, copra_numbers category_ids, copra_numbers scores,
    const copra_numbers *boxes, copra_detections **detections);

/// Gives each detection its mask: COCO's compressed run lengths as in `copra_masks_read`. They are
/// read when they are evaluated; what is wrong with one is a finding of the evaluation.
int32_t copra_detections_add_masks(
    copra_detections *detections, const int64_t *sizes, const int64_t *lengths, const char *counts,
    int64_t length);

/// Gives each detection keypoints, `numbers` of x, y and score in turn, and lends the room for them,
/// for the caller to fill before they are evaluated.
int32_t copra_detections_add_keypoints(
    copra_detections *detections, int64_t numbers, copra_array *keypoints);

/// Reads a COCO results file, or the bytes of one; ids that are words are those of `truth`.
int32_t copra_detections_open(
    const char *path, copra_dataset *truth, copra_detections **detections);
int32_t copra_detections_parse(
    const char *json, int64_t length, copra_dataset *truth, copra_detections **detections);

void copra_detections_free(copra_detections *detections);

/// The number of detections, and of those whose image `truth` does not have.
int32_t copra_detections_count(
    copra_detections *detections, copra_dataset *truth, int64_t *count, int64_t *unknown);

// Evaluation

/// Kinds of overlap.
enum { COPRA_BBOX = 0, COPRA_SEGM = 1, COPRA_KEYPOINTS = 2 };

/// How detections are judged: pycocotools' `Params`.
typedef struct {
  int32_t iou_type;
  /// 0 takes all categories for one.
  int32_t use_categories;
  const double *iou_thresholds;
  int64_t iou_threshold_count;
  /// Ascending.
  const double *recall_thresholds;
  int64_t recall_threshold_count;
  /// [count, 2]: the lowest and the highest area of each range.
  const double *area_ranges;
  const char *const *area_names;
  int64_t area_range_count;
  const int64_t *maximum_detections;
  int64_t maximum_detections_count;
  const double *keypoint_sigmas;
  int64_t keypoint_sigma_count;
  const int64_t *image_ids;
  int64_t image_count;
  const int64_t *category_ids;
  int64_t category_count;
} copra_settings;

/// Matches detections with the ground truth.
int32_t copra_evaluate(
    copra_dataset *truth, copra_detections *detections, const copra_settings *settings,
    copra_evaluation **evaluation);

/// Makes an evaluation of matches that are known, as `evalImgs` holds them: of each category, range
/// of areas and image in turn `counts` has the number of detections, or -1 where there is nothing.
/// Their `scores` follow one another; `matched` and `ignored` have [iou thresholds, detections] of
/// each. `positives` [categories, area ranges] counts the true objects.
int32_t copra_evaluation_restore(
    const copra_settings *settings, const int64_t *counts, int64_t images, const double *scores,
    const uint8_t *matched, const uint8_t *ignored, int64_t detections, const int64_t *positives,
    copra_evaluation **evaluation);

void copra_evaluation_free(copra_evaluation *evaluation);

/// What is wrong with the records that were evaluated.
int32_t copra_evaluation_findings(copra_evaluation *evaluation, copra_findings **findings);

/// Works out precision and scores, [iou thresholds, recalls, categories, areas, limits], and recall,
/// [iou thresholds, categories, areas, limits], and lends them. `recalls` are ascending.
int32_t copra_evaluation_accumulate(
    copra_evaluation *evaluation, const double *recalls, int64_t recall_count,
    copra_array *precision, copra_array *recall, copra_array *scores);

/// Lends the figures of COCO's summary and their lines of text, after `copra_evaluation_accumulate`.
int32_t copra_evaluation_summary(
    copra_evaluation *evaluation, copra_array *figures, copra_array *lines);

/// Matches once more and keeps what matched what.
int32_t copra_evaluation_details(copra_evaluation *evaluation, copra_details **details);

void copra_details_free(copra_details *details);

/// Columns of details. A pair is an image with a category, where there is any object; it has D
/// detections, highest score first, and G true objects. The rest follows pair after pair, and within
/// a pair range of areas after range of areas.
enum {
  /// [pairs, 4]: image id, place of the category, D, G.
  COPRA_PAIRS = 0,
  /// [D]
  COPRA_DETECTION_IDS = 1,
  /// [D]
  COPRA_DETECTION_SCORES = 2,
  /// [G] in the order of the file.
  COPRA_TRUTH_IDS = 3,
  /// [D, G] in the order of the file.
  COPRA_OVERLAPS = 4,
  /// [areas, G]: those that count first.
  COPRA_ORDERED_TRUTH_IDS = 5,
  /// [areas, G]
  COPRA_TRUTH_IGNORED = 6,
  /// [areas, iou thresholds, D]: ids of true objects, 0 for none.
  COPRA_DETECTION_MATCHES = 7,
  /// [areas, iou thresholds, D]
  COPRA_DETECTION_IGNORED = 8,
  /// [areas, iou thresholds, G]: ids of detections, 0 for none.
  COPRA_TRUTH_MATCHES = 9,
};

int32_t copra_details_column(copra_details *details, int32_t column, copra_array *array);

// Masks

/// Encodes `count` masks of height × width bytes, column after column; every byte but 0 is set.
int32_t copra_masks_encode(
    const uint8_t *pixels, int64_t height, int64_t width, int64_t count, copra_masks **masks);

/// Decodes masks of one size into height × width × count bytes.
int32_t copra_masks_decode(copra_masks *masks, uint8_t *pixels, int64_t length);

/// Reads COCO's compressed run lengths: the `counts` of all masks one after the other, with the
/// `lengths` of each and their `sizes`, height and width.
int32_t copra_masks_read(
    int64_t count, const int64_t *sizes, const int64_t *lengths, const char *counts,
    int64_t length, copra_masks **masks);

/// Takes run lengths as they are, likewise.
int32_t copra_masks_from_runs(
    int64_t count, const int64_t *sizes, const int64_t *lengths, const int64_t *runs,
    int64_t length, copra_masks **masks);

/// Draws rings of corners x0 y0 x1 y1 …, of `lengths` numbers each, one mask a ring.
int32_t copra_masks_from_rings(
    int64_t count, const int64_t *lengths, const double *corners, int64_t length, int64_t height,
    int64_t width, copra_masks **masks);

/// Draws boxes x y width height, one mask a box.
int32_t copra_masks_from_boxes(
    int64_t count, const double *boxes, int64_t height, int64_t width, copra_masks **masks);

/// Makes one mask of the pixels that any mask has, or all have.
int32_t copra_masks_merge(copra_masks *masks, int32_t intersect, copra_masks **merged);

void copra_masks_free(copra_masks *masks);

/// Columns of masks.
enum {
  /// [masks, 2]: height and width.
  COPRA_MASK_SIZES = 0,
  /// The compressed run lengths of all masks, one after the other.
  COPRA_MASK_COUNTS = 1,
  /// The lengths of each in bytes.
  COPRA_MASK_LENGTHS = 2,
  COPRA_MASK_AREAS = 3,
  /// [masks, 4]: x, y, width and height.
  COPRA_MASK_BOXES = 4,
};

int32_t copra_masks_column(copra_masks *masks, int32_t column, copra_array *array);

/// [detections, truths]: how much masks, or boxes x y width height, overlap; `crowds` has a byte for
/// each truth.
int32_t copra_masks_iou(
    copra_masks *detections, copra_masks *truths, const uint8_t *crowds, double *overlaps);
int32_t copra_boxes_iou(
    const double *detections, int64_t detection_count, const double *truths, int64_t truth_count,
    const uint8_t *crowds, double *overlaps);

// Findings

/// Judges a dataset of any format by all rules; `decodes` says whether pictures are decoded.
int32_t copra_validate(const char *path, int32_t decodes, copra_findings **findings);

/// The number of findings, and of those that are errors.
int32_t copra_findings_count(copra_findings *findings, int64_t *all, int64_t *errors);

/// Lends the findings as JSON: an object with a list `findings`.
int32_t copra_findings_json(copra_findings *findings, copra_array *json);

void copra_findings_free(copra_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
