#include "../Shim/Guard.hpp"

using namespace copra;

ct_tensor *ct_full(ct_list shape, double value, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::full(list(shape), value, options(dtype, where)); });
}

ct_tensor *ct_empty(ct_list shape, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::empty(list(shape), options(dtype, where)); });
}

ct_tensor *ct_arange(double start, double end, double step, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::arange(start, end, step, options(dtype, where)); });
}

ct_tensor *ct_linspace(double start, double end, int64_t steps, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::linspace(start, end, steps, options(dtype, where)); });
}

ct_tensor *ct_from_bytes(const void *bytes, ct_list shape, ct_dtype dtype) {
  return tensorOf([&] {
    auto tensor = at::empty(list(shape), options(dtype, -1));
    if (tensor.numel() > 0) memcpy(tensor.data_ptr(), bytes, tensor.nbytes());
    return tensor;
  });
}

ct_tensor *ct_from_memory(void *bytes, ct_list shape, ct_list strides, ct_dtype dtype,
                          void *owner, void (*release)(void *owner)) {
  return tensorOf([&] {
    return at::from_blob(
        bytes, list(shape), list(strides), [owner, release](void *) { release(owner); },
        options(dtype, -1));
  });
}

ct_tensor *ct_random_permutation(int64_t count) {
  return tensorOf([&] { return at::randperm(count, at::kLong); });
}

bool ct_fill_uniform(ct_tensor *tensor, double low, double high) {
  return done([&] { tensor->value.detach().uniform_(low, high); });
}

bool ct_fill_normal(ct_tensor *tensor, double mean, double deviation) {
  return done([&] { tensor->value.detach().normal_(mean, deviation); });
}

bool ct_fill(ct_tensor *tensor, double value) {
  return done([&] { tensor->value.detach().fill_(value); });
}

ct_tensor *ct_random_uniform(ct_list shape, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::rand(list(shape), options(dtype, where)); });
}

ct_tensor *ct_random_normal(ct_list shape, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return at::randn(list(shape), options(dtype, where)); });
}

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

ct_tensor *ct_to(const ct_tensor *tensor, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return tensor->value.to(device(where), scalarType(dtype)); });
}

ct_tensor *ct_contiguous(const ct_tensor *tensor, ct_layout layout) {
  return tensorOf([&] { return tensor->value.contiguous(memoryFormat(layout)); });
}

ct_tensor *ct_clone(const ct_tensor *tensor) {
  return tensorOf([&] { return tensor->value.clone(); });
}

bool ct_copy(ct_tensor *target, const ct_tensor *source) {
  return done([&] {
    TORCH_CHECK(target->value.sizes() == source->value.sizes(), "expected shape ",
                target->value.sizes(), ", found ", source->value.sizes());
    target->value.detach().copy_(source->value);
  });
}

bool ct_set_data(ct_tensor *target, const ct_tensor *source) {
  return done([&] {
    target->value.set_data(source->value);
    ct_count_change(target);
  });
}
