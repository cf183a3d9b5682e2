#include "../Shim/Guard.hpp"

using namespace copra;

ct_tensor *ct_reshape(const ct_tensor *tensor, ct_list shape) {
  return tensorOf([&] { return tensor->value.reshape(list(shape)); });
}

ct_tensor *ct_permute(const ct_tensor *tensor, ct_list dimensions) {
  return tensorOf([&] { return tensor->value.permute(list(dimensions)); });
}

ct_tensor *ct_transpose(const ct_tensor *tensor, int64_t first, int64_t second) {
  return tensorOf([&] { return tensor->value.transpose(first, second); });
}

ct_tensor *ct_flatten(const ct_tensor *tensor, int64_t start, int64_t end) {
  return tensorOf([&] { return tensor->value.flatten(start, end); });
}

ct_tensor *ct_unsqueeze(const ct_tensor *tensor, int64_t dimension) {
  return tensorOf([&] { return tensor->value.unsqueeze(dimension); });
}

ct_tensor *ct_squeeze(const ct_tensor *tensor, int64_t dimension) {
  return tensorOf([&] { return tensor->value.squeeze(dimension); });
}

ct_tensor *ct_expand(const ct_tensor *tensor, ct_list shape) {
  return tensorOf([&] { return tensor->value.expand(list(shape)); });
}

ct_tensor *ct_flip(const ct_tensor *tensor, ct_list dimensions) {
  return tensorOf([&] { return tensor->value.flip(list(dimensions)); });
}

ct_tensor *ct_pad(const ct_tensor *tensor, ct_list amounts, double value) {
  return tensorOf([&] { return at::constant_pad_nd(tensor->value, list(amounts), value); });
}

ct_tensor *ct_concatenate(ct_tensors tensors, int64_t dimension) {
  return tensorOf([&] { return at::cat(borrowed(tensors), dimension); });
}

ct_tensor *ct_stack(ct_tensors tensors, int64_t dimension) {
  return tensorOf([&] { return at::stack(borrowed(tensors), dimension); });
}

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
