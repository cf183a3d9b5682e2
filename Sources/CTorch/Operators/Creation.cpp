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
