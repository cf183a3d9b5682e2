#include "../Shim/Guard.hpp"

using namespace copra;

ct_tensor *ct_select(const ct_tensor *tensor, int64_t dimension, int64_t index) {
  return tensorOf([&] { return tensor->value.select(dimension, index); });
}

ct_tensor *ct_slice(const ct_tensor *tensor, int64_t dimension, int64_t start, int64_t end,
                    int64_t step) {
  return tensorOf([&] { return tensor->value.slice(dimension, start, end, step); });
}

ct_tensor *ct_index_select(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices) {
  return tensorOf([&] { return at::index_select(tensor->value, dimension, indices->value); });
}

ct_tensor *ct_masked(const ct_tensor *tensor, const ct_tensor *mask) {
  return tensorOf([&] {
    return at::index(tensor->value, c10::List<c10::optional<at::Tensor>>({mask->value}));
  });
}

ct_tensor *ct_gather(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices) {
  return tensorOf([&] { return at::gather(tensor->value, dimension, indices->value); });
}

ct_tensor *ct_scatter(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices,
                      const ct_tensor *source) {
  return tensorOf(
      [&] { return at::scatter(tensor->value, dimension, indices->value, source->value); });
}

ct_tensor *ct_scatter_add(const ct_tensor *tensor, int64_t dimension, const ct_tensor *indices,
                          const ct_tensor *source) {
  return tensorOf(
      [&] { return at::scatter_add(tensor->value, dimension, indices->value, source->value); });
}

ct_tensor *ct_one_hot(const ct_tensor *indices, int64_t classes) {
  return tensorOf([&] { return at::one_hot(indices->value, classes); });
}

ct_tensor *ct_nonzero(const ct_tensor *tensor) {
  return tensorOf([&] { return at::nonzero(tensor->value); });
}
