#include "../Shim/Guard.hpp"

using namespace copra;

namespace {

at::Tensor truth(ct_reduction reduction, at::Tensor x, at::IntArrayRef dimensions, bool keep) {
  const auto reduced = [&](const at::Tensor &tensor, int64_t dimension) {
    return reduction == CT_ANY ? at::any(tensor, dimension, keep)
                               : at::all(tensor, dimension, keep);
  };
  // From the last dimension on, so that the numbers of the others stay.
  auto order = dimensions.vec();
  for (auto &dimension : order) dimension = at::maybe_wrap_dim(dimension, x.dim());
  std::sort(order.rbegin(), order.rend());
  for (const auto dimension : order) x = reduced(x, dimension);
  return x;
}

at::Tensor reduce(ct_reduction reduction, const at::Tensor &x, at::IntArrayRef dimensions,
                  bool keep) {
  switch (reduction) {
    case CT_SUM: return at::sum(x, dimensions, keep);
    case CT_MEAN: return at::mean(x, dimensions, keep);
    case CT_AMAX: return at::amax(x, dimensions, keep);
    case CT_AMIN: return at::amin(x, dimensions, keep);
    case CT_NORM: return at::norm(x, 2, dimensions, keep);
    case CT_VARIANCE: return at::var(x, dimensions, true, keep);
    case CT_ANY:
    case CT_ALL: return truth(reduction, x, dimensions, keep);
  }
  TORCH_CHECK(false, "unknown reduction");
}

}  // namespace

ct_tensor *ct_reduce(ct_reduction reduction, const ct_tensor *tensor, ct_list dimensions,
                     bool keep) {
  return tensorOf([&] {
    if (dimensions.count > 0) return reduce(reduction, tensor->value, list(dimensions), keep);
    std::vector<int64_t> all(static_cast<size_t>(tensor->value.dim()));
    std::iota(all.begin(), all.end(), 0);
    return reduce(reduction, tensor->value, all, keep);
  });
}

ct_tensor *ct_extreme(const ct_tensor *tensor, int64_t dimension, bool least, bool keep,
                      ct_tensor **indices) {
  return tensorOf([&] {
    auto both = least ? at::min(tensor->value, dimension, keep)
                      : at::max(tensor->value, dimension, keep);
    *indices = owned(std::get<1>(both));
    return std::get<0>(both);
  });
}

ct_tensor *ct_cumulative_sum(const ct_tensor *tensor, int64_t dimension) {
  return tensorOf([&] { return at::cumsum(tensor->value, dimension); });
}

ct_tensor *ct_sort(const ct_tensor *tensor, int64_t dimension, bool descending,
                   ct_tensor **indices) {
  return tensorOf([&] {
    auto both = at::sort(tensor->value, c10::optional<bool>(true), dimension, descending);
    *indices = owned(std::get<1>(both));
    return std::get<0>(both);
  });
}

ct_tensor *ct_top_k(const ct_tensor *tensor, int64_t count, int64_t dimension,
                    ct_tensor **indices) {
  return tensorOf([&] {
    auto both = at::topk(tensor->value, count, dimension);
    *indices = owned(std::get<1>(both));
    return std::get<0>(both);
  });
}
