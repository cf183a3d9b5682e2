#include "../Shim/Guard.hpp"

using namespace copra;

int32_t ct_rank(const ct_tensor *tensor) { return static_cast<int32_t>(tensor->value.dim()); }

void ct_shape(const ct_tensor *tensor, int64_t *shape) {
  for (const auto size : tensor->value.sizes()) *shape++ = size;
}

void ct_strides(const ct_tensor *tensor, int64_t *strides) {
  for (const auto stride : tensor->value.strides()) *strides++ = stride;
}

int64_t ct_count(const ct_tensor *tensor) { return tensor->value.numel(); }

int32_t ct_dtype_of(const ct_tensor *tensor) {
  switch (tensor->value.scalar_type()) {
    case at::kFloat: return CT_FLOAT32;
    case at::kDouble: return CT_FLOAT64;
    case at::kHalf: return CT_FLOAT16;
    case at::kBFloat16: return CT_BFLOAT16;
    case at::kLong: return CT_INT64;
    case at::kInt: return CT_INT32;
    case at::kShort: return CT_INT16;
    case at::kChar: return CT_INT8;
    case at::kByte: return CT_UINT8;
    case at::kBool: return CT_BOOL;
    default: return -1;
  }
}

ct_device ct_device_of(const ct_tensor *tensor) {
  return tensor->value.is_cpu() ? -1 : tensor->value.device().index();
}

bool ct_is_contiguous(const ct_tensor *tensor, ct_layout layout) {
  return guarded(false, [&] { return tensor->value.is_contiguous(memoryFormat(layout)); });
}

void *ct_data(const ct_tensor *tensor) {
  return guarded<void *>(nullptr, [&]() -> void * {
    TORCH_CHECK(tensor->value.is_cpu(), "only a tensor on the cpu has bytes to read");
    return tensor->value.data_ptr();
  });
}

bool ct_item(const ct_tensor *tensor, double *value) {
  return done([&] { *value = tensor->value.item().toDouble(); });
}

bool ct_item_int64(const ct_tensor *tensor, int64_t *value) {
  return done([&] { *value = tensor->value.item().toLong(); });
}

bool ct_same_storage(const ct_tensor *left, const ct_tensor *right) {
  return guarded(false, [&] { return left->value.is_alias_of(right->value); });
}

int64_t ct_changes(const ct_tensor *tensor) {
  return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(tensor->value._version()); });
}

void ct_count_change(ct_tensor *tensor) { tensor->value.unsafeGetTensorImpl()->bump_version(); }
