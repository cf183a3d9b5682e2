#include "../Shim/Guard.hpp"

using namespace copra;

namespace {

/// Whether the gradient of `hardtanh` is not there: libtorch 1.13 has none of bf16.
bool lacksHardtanhGradient(const at::Tensor &x) {
  return x.scalar_type() == at::kBFloat16 && x.is_cpu();
}

at::Tensor unary(ct_unary_operation operation, const at::Tensor &x) {
  switch (operation) {
    case CT_NEGATE: return at::neg(x);
    case CT_ABSOLUTE: return at::abs(x);
    case CT_EXP: return at::exp(x);
    case CT_LOG: return at::log(x);
    case CT_LOG1P: return at::log1p(x);
    case CT_LOG2: return at::log2(x);
    case CT_SQRT: return at::sqrt(x);
    case CT_RECIPROCAL: return at::reciprocal(x);
    case CT_SQUARE: return at::square(x);
    case CT_FLOOR: return at::floor(x);
    case CT_CEIL: return at::ceil(x);
    case CT_ROUND: return at::round(x);
    case CT_TRUNCATE: return at::trunc(x);
    case CT_SIGN: return at::sign(x);
    case CT_SIN: return at::sin(x);
    case CT_COS: return at::cos(x);
    case CT_TANH: return at::tanh(x);
    case CT_SIGMOID: return at::sigmoid(x);
    case CT_LOG_SIGMOID: return at::log_sigmoid(x);
    case CT_RELU: return at::relu(x);
    case CT_RELU6: return lacksHardtanhGradient(x) ? at::clamp(x, 0, 6) : at::hardtanh(x, 0, 6);
    case CT_HARDSWISH: return at::hardswish(x);
    case CT_HARDSIGMOID: return at::hardsigmoid(x);
    case CT_SILU: return at::silu(x);
    case CT_GELU: return at::gelu(x);
    case CT_LOGICAL_NOT: return at::logical_not(x);
    case CT_IS_NAN: return at::isnan(x);
    case CT_IS_FINITE: return at::isfinite(x);
  }
  TORCH_CHECK(false, "unknown operation");
}

at::Tensor binary(ct_binary_operation operation, const at::Tensor &x, const at::Tensor &y) {
  switch (operation) {
    case CT_ADD: return at::add(x, y);
    case CT_SUBTRACT: return at::sub(x, y);
    case CT_MULTIPLY: return at::mul(x, y);
    case CT_DIVIDE: return at::div(x, y);
    case CT_FLOOR_DIVIDE: return at::div(x, y, "floor");
    case CT_REMAINDER: return at::remainder(x, y);
    case CT_POWER: return at::pow(x, y);
    case CT_MINIMUM: return at::minimum(x, y);
    case CT_MAXIMUM: return at::maximum(x, y);
    case CT_EQUAL: return at::eq(x, y);
    case CT_NOT_EQUAL: return at::ne(x, y);
    case CT_LESS: return at::lt(x, y);
    case CT_LESS_EQUAL: return at::le(x, y);
    case CT_GREATER: return at::gt(x, y);
    case CT_GREATER_EQUAL: return at::ge(x, y);
    case CT_LOGICAL_AND: return at::logical_and(x, y);
    case CT_LOGICAL_OR: return at::logical_or(x, y);
  }
  TORCH_CHECK(false, "unknown operation");
}

/// A scalar as a tensor that takes part in type promotion as a Python number does.
at::Tensor wrapped(double value, bool whole) {
  auto tensor = whole ? at::scalar_tensor(static_cast<int64_t>(value), at::kLong)
                      : at::scalar_tensor(value, at::kDouble);
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

}  // namespace

ct_tensor *ct_unary(ct_unary_operation operation, const ct_tensor *tensor) {
  return tensorOf([&] { return unary(operation, tensor->value); });
}

bool ct_activate(ct_unary_operation operation, ct_tensor *tensor) {
  return done([&] {
    auto &x = tensor->value;
    switch (operation) {
      case CT_RELU: x.relu_(); break;
      case CT_RELU6: lacksHardtanhGradient(x) ? x.clamp_(0, 6) : at::hardtanh_(x, 0, 6); break;
      case CT_HARDSWISH: at::hardswish_(x); break;
      case CT_HARDSIGMOID: at::hardsigmoid_(x); break;
      case CT_SILU: at::silu_(x); break;
      case CT_SIGMOID: x.sigmoid_(); break;
      case CT_TANH: x.tanh_(); break;
      default: TORCH_CHECK(false, "not an activation that works in place");
    }
  });
}

ct_tensor *ct_binary(ct_binary_operation operation, const ct_tensor *left, const ct_tensor *right) {
  return tensorOf([&] { return binary(operation, left->value, right->value); });
}

ct_tensor *ct_binary_scalar(ct_binary_operation operation, const ct_tensor *left, double right,
                            bool whole, bool reversed) {
  return tensorOf([&] {
    const auto scalar = wrapped(right, whole);
    return reversed ? binary(operation, scalar, left->value)
                    : binary(operation, left->value, scalar);
  });
}

bool ct_add_in_place(ct_tensor *target, const ct_tensor *source, double factor) {
  return done([&] {
    const auto whole = at::isIntegralType(target->value.scalar_type(), true);
    target->value.add_(source->value,
                       whole ? at::Scalar(static_cast<int64_t>(factor)) : at::Scalar(factor));
  });
}

bool ct_multiply_in_place(ct_tensor *target, double factor) {
  return done([&] { target->value.mul_(factor); });
}

bool ct_add_product_in_place(ct_tensor *target, const ct_tensor *left, const ct_tensor *right,
                             double factor) {
  return done([&] { target->value.addcmul_(left->value, right->value, factor); });
}

ct_tensor *ct_clamp(const ct_tensor *tensor, double low, double high) {
  return tensorOf([&] {
    return at::clamp(tensor->value, std::isinf(low) ? c10::optional<at::Scalar>() : low,
                     std::isinf(high) ? c10::optional<at::Scalar>() : high);
  });
}

ct_tensor *ct_where(const ct_tensor *condition, const ct_tensor *yes, const ct_tensor *no) {
  return tensorOf([&] { return at::where(condition->value, yes->value, no->value); });
}

ct_tensor *ct_matmul(const ct_tensor *left, const ct_tensor *right) {
  return tensorOf([&] { return at::matmul(left->value, right->value); });
}

ct_tensor *ct_solve(const ct_tensor *matrix, const ct_tensor *right) {
  return tensorOf([&] { return at::linalg_solve(matrix->value, right->value); });
}

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
