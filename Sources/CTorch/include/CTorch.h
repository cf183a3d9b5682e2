// libtorch behind C.
//
// Ownership: a function borrows its arguments and returns handles that the caller owns and gives to
// `ct_release`. Errors: a function that returns a handle returns NULL, any other one a negative
// number or false, and `ct_last_error` tells the calling thread why.

#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor ct_tensor;

typedef enum {
  CT_FLOAT32 = 0,
  CT_FLOAT64 = 1,
  CT_FLOAT16 = 2,
  CT_BFLOAT16 = 3,
  CT_INT64 = 4,
  CT_INT32 = 5,
  CT_INT16 = 6,
  CT_INT8 = 7,
  CT_UINT8 = 8,
  CT_BOOL = 9,
} ct_dtype;

typedef enum { CT_CONTIGUOUS = 0, CT_CHANNELS_LAST = 1, CT_CHANNELS_LAST_3D = 2 } ct_layout;

// A device: -1 the processor, 0, 1 … a CUDA device.
typedef int32_t ct_device;

// Sizes, strides or indices of one tensor.
typedef struct {
  const int64_t *values;
  int32_t count;
} ct_list;

// Tensors in a row; borrowed.
typedef struct {
  ct_tensor *const *values;
  int32_t count;
} ct_tensors;

// Runtime.cpp
const char *ct_last_error(void);
const char *ct_version(void);
void ct_release(ct_tensor *tensor);
int32_t ct_threads(void);
bool ct_set_threads(int32_t count);
// For operations of the calling thread alone.
bool ct_use_threads_here(int32_t count);
bool ct_seed(uint64_t seed);
// Where the processor's generator stands, as bytes that only the same libtorch understands.
ct_tensor *ct_generator_state(void);
bool ct_set_generator_state(const ct_tensor *state);
// Keeps freed blocks in the process instead of giving them back to the system after each step.
void ct_keep_memory(void);
// Gives what is kept so to the system once.
void ct_return_memory(void);
// Whether the processor multiplies numbers of bfloat16.
bool ct_multiplies_bfloat16(void);
// The CUDA devices that can be used; loads libtorch's CUDA library where there is one.
int32_t ct_cuda_devices(void);
bool ct_gradients_enabled(void);
void ct_enable_gradients(bool enabled);
// Switches autocast of the processor or of CUDA on or off; `dtype` is what it casts to.
bool ct_autocast(ct_device device, bool enabled, ct_dtype dtype);

// Creation.cpp
ct_tensor *ct_full(ct_list shape, double value, ct_dtype dtype, ct_device device);
ct_tensor *ct_empty(ct_list shape, ct_dtype dtype, ct_device device);
ct_tensor *ct_arange(double start, double end, double step, ct_dtype dtype, ct_device device);
ct_tensor *ct_linspace(double start, double end, int64_t steps, ct_dtype dtype, ct_device device);
// Copies the bytes of a contiguous tensor.
ct_tensor *ct_from_bytes(const void *bytes, ct_list shape, ct_dtype dtype);
// Takes the memory as it is; `release(owner)` is called when the last tensor on it goes.
ct_tensor *ct_from_memory(void *bytes, ct_list shape, ct_list strides, ct_dtype dtype,
                          void *owner, void (*release)(void *owner));
ct_tensor *ct_random_permutation(int64_t count);
bool ct_fill_uniform(ct_tensor *tensor, double low, double high);
bool ct_fill_normal(ct_tensor *tensor, double mean, double deviation);
bool ct_fill(ct_tensor *tensor, double value);
ct_tensor *ct_random_uniform(ct_list shape, ct_dtype dtype, ct_device device);
ct_tensor *ct_random_normal(ct_list shape, ct_dtype dtype, ct_device device);

// Properties.cpp
int32_t ct_rank(const ct_tensor *tensor);
// Writes `ct_rank` numbers.
void ct_shape(const ct_tensor *tensor, int64_t *shape);
void ct_strides(const ct_tensor *tensor, int64_t *strides);
int64_t ct_count(const ct_tensor *tensor);
int32_t ct_dtype_of(const ct_tensor *tensor);
ct_device ct_device_of(const ct_tensor *tensor);
bool ct_is_contiguous(const ct_tensor *tensor, ct_layout layout);
// The first element's address; only of tensors in the processor's memory.
void *ct_data(const ct_tensor *tensor);
bool ct_item(const ct_tensor *tensor, double *value);
bool ct_item_int64(const ct_tensor *tensor, int64_t *value);
bool ct_same_storage(const ct_tensor *left, const ct_tensor *right);
// How often the numbers have been changed in place; libtorch counts it, and so must whoever
// changes them behind its back.
int64_t ct_changes(const ct_tensor *tensor);
void ct_count_change(ct_tensor *tensor);

// Autograd.cpp
bool ct_requires_gradient(const ct_tensor *tensor);
bool ct_set_requires_gradient(ct_tensor *tensor, bool required);
bool ct_backward(const ct_tensor *tensor, const ct_tensor *gradient);
// NULL without an error where there is no gradient.
ct_tensor *ct_gradient(const ct_tensor *tensor);
// NULL takes the gradient away.
bool ct_set_gradient(ct_tensor *tensor, const ct_tensor *gradient);
ct_tensor *ct_detach(const ct_tensor *tensor);

// Conversion.cpp
ct_tensor *ct_to(const ct_tensor *tensor, ct_dtype dtype, ct_device device);
ct_tensor *ct_contiguous(const ct_tensor *tensor, ct_layout layout);
ct_tensor *ct_clone(const ct_tensor *tensor);
bool ct_copy(ct_tensor *target, const ct_tensor *source);
// Gives `target` the storage of `source`, whatever its layout.
bool ct_set_data(ct_tensor *target, const ct_tensor *source);

// Arithmetic.cpp
typedef enum {
  CT_NEGATE, CT_ABSOLUTE, CT_EXP, CT_LOG, CT_LOG1P, CT_SQRT, CT_RECIPROCAL, CT_SQUARE,
  CT_FLOOR, CT_CEIL, CT_ROUND, CT_TRUNCATE, CT_SIGN, CT_SIN, CT_COS, CT_TANH,
  CT_SIGMOID, CT_LOG_SIGMOID, CT_RELU, CT_RELU6, CT_HARDSWISH, CT_HARDSIGMOID, CT_SILU, CT_GELU,
  CT_LOGICAL_NOT, CT_IS_NAN, CT_IS_FINITE, CT_LOG2,
} ct_unary_operation;
ct_tensor *ct_unary(ct_unary_operation operation, const ct_tensor *tensor);
// In place; only the activations relu, relu6, hardswish, hardsigmoid, silu, sigmoid and tanh.
bool ct_activate(ct_unary_operation operation, ct_tensor *tensor);

typedef enum {
  CT_ADD, CT_SUBTRACT, CT_MULTIPLY, CT_DIVIDE, CT_FLOOR_DIVIDE, CT_REMAINDER, CT_POWER,
  CT_MINIMUM, CT_MAXIMUM, CT_EQUAL, CT_NOT_EQUAL, CT_LESS, CT_LESS_EQUAL, CT_GREATER,
  CT_GREATER_EQUAL, CT_LOGICAL_AND, CT_LOGICAL_OR,
} ct_binary_operation;
ct_tensor *ct_binary(ct_binary_operation operation, const ct_tensor *left, const ct_tensor *right);
// A scalar at either side; it does not raise the tensor's dtype unless its kind is higher.
ct_tensor *ct_binary_scalar(ct_binary_operation operation, const ct_tensor *left, double right,
                            bool whole, bool reversed);
bool ct_add_in_place(ct_tensor *target, const ct_tensor *source, double factor);
bool ct_multiply_in_place(ct_tensor *target, double factor);
bool ct_add_product_in_place(ct_tensor *target, const ct_tensor *left, const ct_tensor *right,
                             double factor);
ct_tensor *ct_clamp(const ct_tensor *tensor, double low, double high);
ct_tensor *ct_where(const ct_tensor *condition, const ct_tensor *yes, const ct_tensor *no);
ct_tensor *ct_matmul(const ct_tensor *left, const ct_tensor *right);
ct_tensor *ct_solve(const ct_tensor *matrix, const ct_tensor *right);

// Shaping.cpp
ct_tensor *ct_reshape(const ct_tensor *tensor, ct_list shape);
ct_tensor *ct_permute(const ct_tensor *tensor, ct_list dimensions);
ct_tensor *ct_transpose(const ct_tensor *tensor, int64_t first, int64_t second);
ct_tensor *ct_flatten(const ct_tensor *tensor, int64_t start, int64_t end);
ct_tensor *ct_unsqueeze(const ct_tensor *tensor, int64_t dimension);
ct_tensor *ct_squeeze(const ct_tensor *tensor, int64_t dimension);
ct_tensor *ct_expand(const ct_tensor *tensor, ct_list shape);
ct_tensor *ct_flip(const ct_tensor *tensor, ct_list dimensions);
ct_tensor *ct_pad(const ct_tensor *tensor, ct_list amounts, double value);
ct_tensor *ct_concatenate(ct_tensors tensors, int64_t dimension);
ct_tensor *ct_stack(ct_tensors tensors, int64_t dimension);

// Indexing.cpp
ct_tensor *ct_select(const ct_tensor *tensor, int64_t dimension, int64_t index);
ct_tensor *ct_slice(const ct_tensor *tensor, int64_t dimension, int64_t start, int64_t end,
                    int64_t step);
ct_tensor *ct_index_select(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices);
ct_tensor *ct_masked(const ct_tensor *tensor, const ct_tensor *mask);
ct_tensor *ct_gather(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices);
ct_tensor *ct_scatter(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices,
                      const ct_tensor *source);
ct_tensor *ct_scatter_add(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices,
                          const ct_tensor *source);
ct_tensor *ct_one_hot(const ct_tensor *indices, int64_t classes);
// [count, rank]
ct_tensor *ct_nonzero(const ct_tensor *tensor);

// Reductions.cpp
typedef enum { CT_SUM, CT_MEAN, CT_AMAX, CT_AMIN, CT_NORM, CT_VARIANCE, CT_ANY, CT_ALL } ct_reduction;
// Over the dimensions, or over all where the list is empty.
ct_tensor *ct_reduce(ct_reduction reduction, const ct_tensor *tensor, ct_list dimensions, bool keep);
// The greatest (or the least) value along a dimension and its index.
ct_tensor *ct_extreme(const ct_tensor *tensor, int64_t dimension, bool least, bool keep,
                      ct_tensor **indices);
ct_tensor *ct_cumulative_sum(const ct_tensor *tensor, int64_t dimension);
// Stable.
ct_tensor *ct_sort(const ct_tensor *tensor, int64_t dimension, bool descending, ct_tensor **indices);
ct_tensor *ct_top_k(const ct_tensor *tensor, int64_t count, int64_t dimension, ct_tensor **indices);

// Layers.cpp
// In 2 or 3 dimensions by the weight's rank; `bias` may be NULL. `fast` allows other rounding than
// libtorch's where gradients are recorded; elsewhere it is always allowed.
ct_tensor *ct_convolution(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias,
                          ct_list stride, ct_list padding, ct_list dilation, int64_t groups,
                          bool fast);
ct_tensor *ct_transposed_convolution(const ct_tensor *input, const ct_tensor *weight,
                                     const ct_tensor *bias, ct_list stride, ct_list padding);
// In 2 or 3 dimensions by the count of the kernel's sizes.
ct_tensor *ct_max_pool(const ct_tensor *input, ct_list kernel, ct_list stride, ct_list padding,
                       bool ceiling);
ct_tensor *ct_average_pool(const ct_tensor *input, ct_list kernel, ct_list stride, ct_list padding);
ct_tensor *ct_adaptive_average_pool(const ct_tensor *input, ct_list size);
// `mean` and `variance` are the running ones, which training changes.
ct_tensor *ct_batch_norm(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias,
                         const ct_tensor *mean, const ct_tensor *variance, bool training,
                         double momentum, double epsilon);
ct_tensor *ct_group_norm(const ct_tensor *input, int64_t groups, const ct_tensor *weight,
                         const ct_tensor *bias, double epsilon);
ct_tensor *ct_layer_norm(const ct_tensor *input, ct_list shape, const ct_tensor *weight,
                         const ct_tensor *bias, double epsilon);
ct_tensor *ct_dropout(const ct_tensor *input, double probability, bool training);
typedef enum { CT_NEAREST, CT_BILINEAR } ct_interpolation;
// `scales` is empty where the size alone gives them.
ct_tensor *ct_interpolate(const ct_tensor *input, ct_list size, ct_interpolation interpolation,
                          bool antialias, const double *scales);
ct_tensor *ct_softmax(const ct_tensor *input, int64_t dimension);
ct_tensor *ct_log_softmax(const ct_tensor *input, int64_t dimension);

// Linear.cpp
ct_tensor *ct_linear(const ct_tensor *input, const ct_tensor *weight, const ct_tensor *bias);

// Losses.cpp
typedef enum { CT_NONE, CT_REDUCE_MEAN, CT_REDUCE_SUM } ct_loss_reduction;
ct_tensor *ct_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                            ct_loss_reduction reduction, double smoothing);
ct_tensor *ct_binary_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                                   ct_loss_reduction reduction);
ct_tensor *ct_smooth_l1(const ct_tensor *input, const ct_tensor *target,
                        ct_loss_reduction reduction, double beta);
ct_tensor *ct_l1(const ct_tensor *input, const ct_tensor *target, ct_loss_reduction reduction);
ct_tensor *ct_mean_squared_error(const ct_tensor *input, const ct_tensor *target,
                                 ct_loss_reduction reduction);

// FocalLoss.cpp
// The sum over logits [A, C]; `classes` int64 [A] has the class that is there, -1 for none, or less
// where a row does not count.
//
// `composed`, here and below, puts the operation together of libtorch's own operators also on the
// processor, as it always is elsewhere.
ct_tensor *ct_focal_loss(const ct_tensor *logits, const ct_tensor *classes, double alpha,
                         double gamma, bool composed);

// RoIAlign.cpp
// Means over the bins of regions [K, 5]; `sampling_ratio` is -1 for as many samples as pixels.
ct_tensor *ct_roi_align(const ct_tensor *features, const ct_tensor *rois, ct_list size,
                        double scale, int64_t sampling_ratio, bool aligned, bool composed);

// RoIPool.cpp
// Maxima over the bins of regions [K, 5].
ct_tensor *ct_roi_pool(const ct_tensor *features, const ct_tensor *rois, ct_list size,
                       double scale, bool composed);

// ResizedPeaks.cpp
// The greatest number of each of the maps [N, K, H, W] once those of each region are resized
// bicubically to a height and width of int64 [N]; `places` becomes int64 [N, K, 2]: x, y.
ct_tensor *ct_resized_peaks(const ct_tensor *maps, const ct_tensor *heights,
                            const ct_tensor *widths, ct_tensor **places);

// NonMaximumSuppression.cpp
// The indices of the boxes that stay, from the highest score on.
ct_tensor *ct_nms(const ct_tensor *boxes, const ct_tensor *scores, double threshold,
                  bool composed);
ct_tensor *ct_batched_nms(const ct_tensor *boxes, const ct_tensor *scores,
                          const ct_tensor *classes, double threshold, bool composed);

// Optimizers.cpp
// A step changes every parameter that has a gradient and leaves the others alone. Each array of
// state holds a tensor or NULL for each parameter; the first step of a parameter puts its state
// there, which the caller then owns.
typedef struct {
  double learning_rate, momentum, dampening, weight_decay;
  bool nesterov;
} ct_sgd;
bool ct_sgd_step(ct_tensors parameters, ct_tensor **momenta, ct_sgd settings);

typedef struct {
  double learning_rate, beta1, beta2, epsilon, weight_decay;
  // Whether the weights decay by themselves (AdamW), or through their gradients (Adam).
  bool decoupled;
} ct_adam;
bool ct_adam_step(ct_tensors parameters, ct_tensor **means, ct_tensor **squares,
                  ct_tensor **steps, ct_adam settings);

// GradientClipping.cpp
// Writes the norm of all gradients together. Where it is not finite the gradients stay as they are.
bool ct_clip_gradients_by_norm(ct_tensors parameters, double greatest, double *norm);
bool ct_clip_gradients_by_value(ct_tensors parameters, double greatest);

// ProcessGroup.cpp
// Processes that compute together. Each takes part in every call, in the same order; a call fails
// where another process has gone.
typedef struct ct_processes ct_processes;
// Waits for all `count`; the one of rank 0 listens at the port. A later call waits `timeout` seconds.
ct_processes *ct_processes_join(const char *host, int32_t port, int32_t rank, int32_t count,
                                double timeout);
void ct_processes_leave(ct_processes *processes);
// In place, on the processor.
bool ct_processes_sum(ct_processes *processes, ct_tensor *values);
// Gives all the numbers that the process of rank 0 has.
bool ct_processes_copy_first(ct_processes *processes, ct_tensors tensors);
// Gives each parameter the sum of all processes' gradients, times a factor. One that has none
// anywhere keeps none.
bool ct_processes_sum_gradients(ct_processes *processes, ct_tensors parameters, double factor);

#ifdef __cplusplus
}
#endif

#endif
